"""A visit's session in the store: a new one, one that goes on, and one that somebody declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicedoc.core.events import Consented, SessionClosed
from voicedoc.core.speech import Visit

if TYPE_CHECKING:
    from voicedoc.engine import Engine
    from voicedoc.store.open_session import OpenSession
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault


def opened(
    vault: Vault, before: StoredSession | None, visit: Visit, profile: str, keep_days: int | None
) -> OpenSession:
    """A new session, or the next part of the one that was `before`."""
    if before is None:
        return vault.begin(doctor=visit.doctor, patient=visit.patient, profile=profile, keep_days=keep_days)
    if keep_days is not None:
        vault.keep(keep_days, before.id)
    return vault.resume(before.id)


def keep_refusal(stored: OpenSession, engine: Engine, consent: Consented) -> None:
    """That it was asked and somebody declined is kept, and no more; there is no sound."""
    from voicedoc.engine import opening

    for event in (opening(engine), consent, SessionClosed(at=0.0, reason="declined", n_utterances=0)):
        stored.journal.append(event)
    stored.journal.seal()
