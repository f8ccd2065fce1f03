"""A made corpus of health questions, a task over it, and systems that ask a server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.replies import StoredReplies
from voicedoc.evaluate.tasks import Task, load_task
from voicedoc.profiles import load_profile
from voicedoc.store.models import ModelStore

LANGUAGES = ("en", "es", "zh", "hi")


def write_questions(root: Path, n: int) -> Path:
    """A development set of `n` questions in four languages."""
    (root / "text").mkdir(parents=True)
    with (root / "text" / "xlinghealth.jsonl").open("w", encoding="utf-8") as file:
        for number in range(n):
            question = {language: f"{language} question {number}?" for language in LANGUAGES}
            answer = {language: f"{language} answer {number}" for language in LANGUAGES}
            file.write(json.dumps({"id": f"q{number}", "question": question, "answer": answer}) + "\n")
    return root


def write_task(
    folder: Path,
    *,
    samples: int = 3,
    languages: Sequence[str] = ("en", "es"),
    scorers: Sequence[str] = ("unigrams", "answer-words", "failed"),
    answerers: Sequence[str] = ("model",),
    judged: bool = False,
) -> Task:
    """A task of free answers, so many of each question."""
    path = folder / "many.toml"
    path.write_text(
        f'kind = "asking"\nversion = 1\ntitle = "Many"\nscorers = {json.dumps(scorers)}\noverall = "all"\n'
        f'[data]\npart = "answers"\nfiles = ["text/xlinghealth.jsonl"]\nlanguages = {json.dumps(languages)}\n'
        f"answerers = {json.dumps(answerers)}\nsamples = {samples}\ntemperatures = [0.75]\n"
        f"judged = {json.dumps(judged)}\n",
        "utf-8",
    )
    return load_task(str(path))


def write_endpoint(folder: Path, url: str, **options: Any) -> str:
    """The file of an endpoint."""
    path = folder / "server.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"url": url, "name": "m", **options}.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def systems_at(endpoint: str, folder: Path, *, judge: str = "") -> ProfileSystems:
    """Systems that ask a server, keep its replies in `folder`, and have no other model."""
    folder.mkdir(parents=True, exist_ok=True)
    return ProfileSystems(
        load_profile("scripted"),
        ModelStore(folder / "no-models"),
        dialogue=endpoint,
        judge=judge,
        replies=StoredReplies(folder / "replies.sqlite"),
    )


def without_times(path: Path) -> list[dict[str, Any]]:
    """The lines of `results.jsonl`, but for how long each took."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{key: value for key, value in line.items() if key != "seconds"} for line in lines]
