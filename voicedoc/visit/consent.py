"""Consent: what both people are told before anything is recorded, in their own language, and their answer as a fact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicedoc.core.events import Consented
from voicedoc.core.languages import primary
from voicedoc.core.speech import Visit

STATUS = "not reviewed by a lawyer or a professional translator"

BEFORE = ("pre-session.machine", "consent.use-machine", "consent.record")
AFTER = ("consent.may-refuse", "consent.change-mind", "pre-session.human-interpreter")
"""Phrases of the bank, before and after where the recording stays."""

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Script:
    """What is told, in one language; `sentences` is empty where there are no words for it."""

    language: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)

    @property
    def name(self) -> str:
        """What the language calls itself; its tag where that is not known."""
        return _ours()["name"].get(primary(self.language), self.language)


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
