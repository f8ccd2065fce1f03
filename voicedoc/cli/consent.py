"""Consent on a terminal: what both people are told is shown, read out to the patient, and answered by a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.text import Text

from voicedoc.core.speech import Visit
from voicedoc.view.bidi import isolated
from voicedoc.visit.consent import STATUS, Script, scripts_for

AGREE, DECLINE, SAY = "a", "d", "s"


class Say(Protocol):
    """Reads sentences out. Returns at once; `stop` falls silent."""

    def __call__(self, sentences: Sequence[str], language: str) -> None: ...
    def stop(self) -> None: ...


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
    console.print(Text(f"\n{who} · {isolated(script.name, script.language)}", style="bold"))
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
