"""The texts of a task "trees"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from voicedoc.errors import CorpusError
from voicedoc.evaluate.drawing import told_by
from voicedoc.evaluate.rows import Item
from voicedoc.evaluate.tasks import Task


def texts(task: Task, root: Path | None) -> Iterator[Item]:
    """The texts of files in the format of Text2MDT, in the task's one language. `reference` is the tree as JSON.

    Raises:
        CorpusError: If a file is missing or broken.
    """
    from voicedoc_corpora import text2mdt
    from voicedoc_corpora.rows import intact

    (language,) = task.data.languages
    for name in task.data.files:
        path = task.folder / name
        path = path if path.is_file() or root is None else root / name
        if not path.is_file():
            raise CorpusError(f"{path} is missing", remedy="name the folder that holds it: --data DIR")
        for tree, told in told_by(list(intact(text2mdt.read(path)))):
            wanted = json.dumps([asdict(node) for node in tree.nodes], ensure_ascii=False)
            yield Item(tree.id, language, tree.id, language, wanted, source=tree.text, told=told)
