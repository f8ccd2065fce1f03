"""The development set's readers, on the set itself where it is."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest
from voicedoc_corpora import devset as corpus

from voicedoc.errors import CorpusError

pytestmark = pytest.mark.unit


def test_utterances_lie_where_the_manifest_says(devset: Path):
    found = list(corpus.utterances(devset))
    assert len(found) >= 50 and all(recording.audio.is_file() for recording in found)
    assert {recording.language for recording in found} == set(corpus.CARD.languages)
    assert {recording.language for recording in corpus.utterances(devset, "pt")} == {"pt"}


def test_the_consultation_has_turns_in_order_of_two_speakers(devset: Path):
    recording = corpus.consultation(devset)
    assert recording.audio.is_file() and recording.duration > 600
    assert len({turn.speaker for turn in recording.turns}) == 2


def test_parallel_texts_are_found_in_regional_varieties(devset: Path):
    line = next(corpus.tico(devset))
    assert line.in_language("pt") == line.text["pt-BR"]
    assert line.in_language("xx") is None
    assert sum(1 for _ in corpus.phrases(devset)) == 71


def test_every_file_has_a_licence_that_allows_sharing(devset: Path):
    patterns = {source.files: source for source in corpus.CARD.sources}
    files = [p.relative_to(devset).as_posix() for p in devset.rglob("*") if p.is_file()]
    data = [name for name in files if name.startswith(("audio/", "text/"))]
    assert data
    for name in data:
        covering = [source for pattern, source in patterns.items() if fnmatch(name, pattern)]
        assert covering and all(source.redistributable and source.licence for source in covering), name


def test_a_broken_line_is_named(tmp_path: Path):
    (tmp_path / "manifest.jsonl").write_text('{"kind": "word"}\n{"kind"\n')
    with pytest.raises(CorpusError, match="line 2"):
        list(corpus.utterances(tmp_path))
    (tmp_path / "manifest.jsonl").write_text('{"kind": "word"}\n')
    with pytest.raises(CorpusError, match="no consultation"):
        corpus.consultation(tmp_path)
