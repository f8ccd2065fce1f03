"""Consent: what both people are told before anything is recorded, in their own language, and their answer."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.text import Text

from voicedoc.core.events import Consented
from voicedoc.core.languages import primary
from voicedoc.core.speech import Visit
from voicedoc.view.bidi import isolated

STATUS = "not reviewed by a lawyer or a professional translator"

BEFORE = ("pre-session.machine", "consent.use-machine", "consent.record")
AFTER = ("consent.may-refuse", "consent.change-mind", "pre-session.human-interpreter")
"""Phrases of the bank, before and after where the recording stays."""

_FILE = Path(__file__).with_suffix(".toml")

AGREE, DECLINE, SAY = "a", "d", "s"


class Say(Protocol):
    """Reads sentences out. Returns at once; `stop` falls silent."""

    def __call__(self, sentences: Sequence[str], language: str) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True)
class Script:
    """What is told, in one language; `sentences` is empty where there are no words for it."""

    language: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)


@cache
def _ours() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def script_in(language: str) -> Script:
    """What is told in `language` (BCP 47)."""
    subtag = primary(language)
    here = _ours()["stays-here"].get(subtag)
    if here is None:
        return Script(language, ())
    before, after = ([_bank()[name][subtag] for name in names] for names in (BEFORE, AFTER))
    return Script(language, (*before, here, *after))


@cache
def _bank() -> Mapping[str, Mapping[str, str]]:
    from voicedoc.phrases.bank import PhraseBank

    return {phrase.id: phrase.text for phrase in PhraseBank.load().phrases if phrase.id in (*BEFORE, *AFTER)}


def scripts_for(visit: Visit) -> tuple[Script, Script]:
    """What the doctor and the patient are told."""
    return script_in(visit.doctor), script_in(visit.patient)


def consented(visit: Visit, *, agreed: bool, was_told: bool = True) -> Consented:
    """The fact for the journal. `was_told`: the scripts were shown here; else it was taken before, e.g. on paper."""
    shown = [script for script in scripts_for(visit) if script.sentences] if was_told else []
    texts, languages = tuple(script.text for script in shown), tuple(script.language for script in shown)
    return Consented(at=0.0, agreed=agreed, texts=texts, languages=languages)


def ask_consent(visit: Visit, console: Console, say: Say | None = None) -> bool:
    """Show it in both languages, read it out to the patient where there is a voice, and wait for a key.

    Nothing is recorded meanwhile. True if both agree. Ctrl-C and the end of the input are no consent.
    """
    doctor, patient = scripts_for(visit)
    for who, script in (("doctor", doctor), ("patient", patient)):
        _show(who, script, console)
    console.print(Text(f"({STATUS})", style="dim"))
    keys = f"{AGREE}: both agree   {DECLINE}: somebody declines"
    console.print(Text(keys + (f"   {SAY}: read it out again" if say and patient.sentences else ""), style="bold"))
    with _reading(say, patient) as read:
        return _answer(read)


def _show(who: str, script: Script, console: Console) -> None:
    name = _ours()["name"].get(primary(script.language), script.language)
    console.print(Text(f"\n{who} · {isolated(name, script.language)}", style="bold"))
    if not script.sentences:
        console.print(Text("  There is no text in this language: have a person explain it.", style="yellow"))
    for sentence in script.sentences:
        console.print(Text(f"  {isolated(sentence, script.language)}"))


@contextmanager
def _reading(say: Say | None, script: Script) -> Iterator[Callable[[], None]]:
    """Read it out once; yields how to begin again. Silent afterwards."""

    def read() -> None:
        if say and script.sentences:
            say.stop()
            say(script.sentences, script.language)

    read()
    try:
        yield read
    finally:
        if say:
            say.stop()


def _answer(read: Callable[[], None]) -> bool:
    while True:
        try:
            key = click.getchar().lower()
        except EOFError:
            return False
        if key in (AGREE, DECLINE):
            return key == AGREE
        if key == SAY:
            read()
