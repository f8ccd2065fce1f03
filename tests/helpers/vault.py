"""Session stores for tests: under a passphrase that costs nothing, on a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from voicedoc.core.events import Consented, SessionClosed, SessionOpened, TranscriptFinal, Utterance
from voicedoc.core.speech import Hypothesis, UtteranceId, Word
from voicedoc.core.time import Span
from voicedoc.store.keys import Keys
from voicedoc.store.vault import Vault

PASSPHRASE = "correct horse battery"

MARKER = "Zyzzogeton"
"""A word that a patient says, for searches in what lies on the disk."""


class Calendar:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


def passphrase_keys(passphrase: str | None = PASSPHRASE) -> Keys:
    """A passphrase that was given beforehand, at scrypt's least cost."""
    return Keys("passphrase", given=lambda: passphrase, work=2)


def vault_in(folder: Path, passphrase: str | None = PASSPHRASE, **options: Any) -> Vault:
    """A store in `folder`."""
    return Vault(folder, passphrase_keys(passphrase), **options)


def opened() -> SessionOpened:
    """The first line of a journal."""
    return SessionOpened(
        at=0.0,
        version="0",
        profile="scripted",
        profile_sha256="",
        doctor="en",
        patient="pt",
        models=(),
        stages=("segment", "recognize"),
    )


def utterance(number: int) -> Utterance:
    """One that ends at `number` seconds."""
    return Utterance(
        at=float(number),
        utterance=UtteranceId(number),
        channel=0,
        span=Span(number - 0.5, float(number)),
        reason="silence",
        samples=None,  # type: ignore[arg-type]  # as they are read back
    )


def transcript(number: int, text: str = f"Eu tomo {MARKER}.") -> TranscriptFinal:
    """What was understood of it."""
    words = (Word(text, Span(number - 0.5, float(number)), 0.9),)
    return TranscriptFinal(
        at=float(number),
        utterance=UtteranceId(number),
        channel=0,
        span=Span(number - 0.5, float(number)),
        hypothesis=Hypothesis(text, "pt", 1.0, 0.9, words),
    )


def consented() -> Consented:
    """A yes to being recorded."""
    return Consented(at=0.0, agreed=True, texts=("We record.", f"Gravamos {MARKER}."), languages=("en", "pt"))


def closed(at: float, n_utterances: int = 2, reason: str = "finished") -> SessionClosed:
    """The last line."""
    return SessionClosed(at=at, reason=reason, n_utterances=n_utterances)


def keep_visit(vault: Vault, *, n_utterances: int = 2, sealed: bool = True, audio: bool = True, **options: Any) -> str:
    """A session with `n_utterances`, a consent and some sealed sound; its id. Not `sealed`: as a crash leaves it."""
    with vault.begin(doctor="en", patient="pt", profile="scripted", **options) as session:
        session.journal.order(["segment", "recognize"])
        session.journal.append(opened())
        session.journal.append(consented())
        for number in range(1, n_utterances + 1):
            session.journal.append(utterance(number), "segment")
            session.journal.append(transcript(number), "recognize")
            if audio:
                sound = session.cipher.seal(MARKER.encode() * 1000, b"audio %d" % number)
                (session.audio / f"{number:06}.chunk").write_bytes(sound)
        if sealed:
            session.journal.append(closed(float(n_utterances), n_utterances))
            session.journal.seal()
    return session.id
