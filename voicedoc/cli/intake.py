"""`voicedoc intake`: the assistant interviews the patient before the doctor does."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.live import tag_if_given
from voicedoc.cli.options import glossary_option
from voicedoc.cli.pipelines import complete_profile
from voicedoc.cli.stored import complete_session

if TYPE_CHECKING:
    from rich.console import Console

    from voicedoc.cli.live import Terminal
    from voicedoc.converse.interview.history import History
    from voicedoc.core.events import Consented, Event
    from voicedoc.core.glossary import Glossary
    from voicedoc.core.speech import Visit
    from voicedoc.engine import Engine
    from voicedoc.intake import Interviewing
    from voicedoc.live import Room
    from voicedoc.store.open_session import OpenSession
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault

PROFILE = "embedded"

EPILOG = """\b
Examples:
  voicedoc intake --patient pt --doctor en              at the microphone
  voicedoc intake --patient pt --doctor en --text       in writing
  voicedoc intake --patient pt --doctor en --text --complaint chest-pain --age 58
  voicedoc intake --patient es --doctor en --text --consented --out visit < answers.txt
  voicedoc intake --history last                        the history once more
  voicedoc intake --list                                the complaints that it knows
  voicedoc intake --replay last

How it goes: both people are told what is kept, and agree by a key. The assistant asks what the problem is, then what a
careful doctor would ask about it, one question at a time, the dangerous things first. The questions are fixed sentences
in ten languages (ar de en es fr hi it pt ru zh); rules read the answers. What was told once is not asked again; an
answer that is not clear is asked for once more. It never names a diagnosis or a treatment.

The patient may say at any time: "repeat", "what does that mean?", "why do you ask?", "I don't know", "stop", or that
they want a person.

If something was said that cannot wait, it stops at once, says so to the patient, and shows the reason. The rules and
the questions have been reviewed by no clinician: somebody must be near, and a person must read the history.

At the end comes the history in the doctor's language: each answer, «the patient's own words», and the number of the
utterance in the transcript. Sessions are kept encrypted on this machine (voicedoc sessions list). With --out, an
interview in writing goes into a folder instead, unencrypted: journal, transcript, history.md, history.json.

Ctrl-C ends the interview; everything is kept, and --continue goes on where it was.

Exit status: 0 done (or consent refused), 1 something failed, 2 wrong usage, 3 ended as an emergency, 130 ended at once
by Ctrl-C.
"""

EMERGENCY = 3
"""Exit status of an interview that an alarm has ended."""


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    visit: Visit
    profile: str
    interviewing: Interviewing
    glossary: Glossary
    consented: bool
    keep_days: int | None
    as_json: bool


@click.command(epilog=EPILOG)
@click.option("--patient", callback=tag_if_given, metavar="LANGUAGE", help="The patient's language, e.g. pt.")
@click.option("--doctor", callback=tag_if_given, metavar="LANGUAGE", help="The doctor's, in which the history is.")
@click.option("--text", is_flag=True, help="In writing: questions are printed, answers are lines of the input.")
@click.option("--complaint", "complaints", multiple=True, metavar="ID", help="What it is about, if known. See --list.")
@click.option("--age", type=click.FloatRange(0, 129), metavar="YEARS", help="The patient's age, if known.")
@click.option("--sex", type=click.Choice(["female", "male", "other"]), help="The patient's sex, if known.")
@click.option(
    "--questions", "n_questions", type=click.IntRange(min=1), metavar="N", help="Ask so many at most.  [default: 35]"
)
@click.option("--emergency-number", default="", metavar="NUMBER", help="What to tell patients to call, e.g. 112.")
@click.option("--list", "lists", is_flag=True, help="List the complaints that there are questions for, and end.")
@click.option(
    "--history", "shown", metavar="SESSION", shell_complete=complete_session, help="Print an interview's history."
)
@click.option(
    "--continue", "continued", metavar="SESSION", shell_complete=complete_session, help="Go on with an interview."
)
@click.option(
    "--replay", "replayed", metavar="SESSION", shell_complete=complete_session, help="Run one again, from its sound."
)
@click.option("--paced", is_flag=True, help="With --replay: at its own speed.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="With --text: a folder, unencrypted.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier session in the folder.")
@click.option(
    "--profile",
    shell_complete=complete_profile,
    help=f"A profile's name or path.  [default: {PROFILE}, or the session's]",
)
@click.option("--microphone", metavar="NAME", help="A device's number, or part of its name; voicedoc check lists them.")
@click.option("--loudspeaker", metavar="NAME", help="Where the voice speaks, as --microphone.")
@click.option("--silent/--aloud", default=None, help="Only show the questions, or speak them.  [default: speak them]")
@click.option("--no-check", is_flag=True, help="Leave out the sound check.")
@glossary_option
@click.option("--consented", is_flag=True, help="Consent was taken before, e.g. on paper: do not ask for it.")
@click.option("--keep-days", type=click.IntRange(min=0), help="Destroy the session so many days after its end.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object: at the microphone for each event; of the history."
)
def intake(
    patient: str | None,
    doctor: str | None,
    text: bool,
    complaints: tuple[str, ...],
    age: float | None,
    sex: str | None,
    n_questions: int | None,
    emergency_number: str,
    lists: bool,
    shown: str | None,
    continued: str | None,
    replayed: str | None,
    paced: bool,
    out: Path | None,
    overwrite: bool,
    profile: str | None,
    microphone: str | None,
    loudspeaker: str | None,
    silent: bool | None,
    no_check: bool,
    glossary: Glossary,
    consented: bool,
    keep_days: int | None,
    as_json: bool,
) -> None:
    """Have the assistant interview the patient in their own language, and hand the doctor a history in theirs.

    It asks by rules, not by a model: complaint by complaint, what must be asked, the dangerous things first. Nothing
    leaves this machine.
    """
    if lists:
        _list(as_json=as_json)
        return
    if shown is not None:
        _show(shown, doctor, out, as_json=as_json)
        return
    if replayed is not None:
        raise SystemExit(_replay(replayed, profile, glossary, paced=paced, as_json=as_json))
    if out is not None and not text:
        raise click.UsageError("--out goes with --text; sessions at the microphone are kept encrypted")
    if continued is None and (patient is None or doctor is None):
        raise click.UsageError("--patient and --doctor say which languages they speak, e.g. --patient pt --doctor en")
    terminal = _terminal(as_json=as_json)
    if not consented and not terminal.asks:
        raise click.UsageError("nobody is here to press a key: take consent before, and say so with --consented")
    from voicedoc.converse.interview.interviewer import Begun
    from voicedoc.converse.interview.state import BUDGET, Person
    from voicedoc.core.speech import Visit
    from voicedoc.intake import Interviewing
    from voicedoc.visit.room import RoomWanted

    begun = Begun(complaints, Person(age, sex or ""))
    interviewing = Interviewing(n_questions or BUDGET, begun, emergency_number)
    visit = Visit(doctor or "", patient or "")
    wanted = Wanted(visit, profile or PROFILE, interviewing, glossary, consented, keep_days, as_json)
    if continued is None:
        interviewing.check(visit)
    if out is not None:
        raise SystemExit(_into_folder(terminal, wanted, out, overwrite=overwrite))
    room = RoomWanted(microphone, loudspeaker=loudspeaker, silent=silent)
    raise SystemExit(_stored(terminal, wanted, None if text else room, continued, checks=not no_check))


def _terminal(*, as_json: bool) -> Terminal:
    from voicedoc.cli.live import terminal_here

    return terminal_here(as_json=as_json)


# --- what there is


def _list(*, as_json: bool) -> None:
    from voicedoc.converse.complaints.load import load_packs

    packs = load_packs().packs.values()
    if as_json:
        rows = [
            {"id": pack.id, "title": pack.title["en"], "version": pack.version, "reviewed": pack.reviewed,
             "questions": len(pack.questions), "sources": [source.url for source in pack.sources]}
            for pack in packs
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    width = max(len(pack.id) for pack in packs)
    for pack in packs:
        reviewed = pack.reviewed or "unreviewed"
        click.echo(f"{pack.id:{width}}  {pack.title['en']}  ({len(pack.questions)} questions, {reviewed})")


def _show(name: str, language: str | None, out: Path | None, *, as_json: bool) -> None:
    """Print the history of a stored interview."""
    from voicedoc.cli.stored import open_vault
    from voicedoc.converse.interview.history import write_history
    from voicedoc.intake import was_intake

    with open_vault() as vault:
        found = vault.find(name)
        events = vault.read(found.id)
    if not was_intake(events):
        raise click.UsageError(f"session {found.id} is no interview; voicedoc sessions show {found.id}")
    history = _history(events, language or "")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_history(history, out)
        click.echo(f"history of {found.id} -> {out}")
        return
    _print(history, as_json=as_json)


def _history(events: Sequence[Event], language: str = "") -> History:
    from voicedoc.converse.complaints.load import load_packs
    from voicedoc.converse.interview.history import history_of

    return history_of(events, load_packs(), language)


def _print(history: History, *, as_json: bool) -> None:
    from voicedoc.converse.interview.history import to_data, to_markdown

    row = {"type": "History", **to_data(history)}
    click.echo(json.dumps(row, ensure_ascii=False) if as_json else to_markdown(history))


# --- in writing


class _Lines:
    """The standard input, a line at a time, read by a thread that nobody waits for at the end."""

    def __init__(self, prompt: Callable[[], None]) -> None:
        self._prompt = prompt

    async def __call__(self) -> str | None:
        """The next line; None at the end of the input."""
        import anyio
        from anyio.lowlevel import current_token

        self._prompt()
        token, arrived, lines = current_token(), anyio.Event(), list[str]()

        def read() -> None:
            lines.append(sys.stdin.readline())
            try:
                anyio.from_thread.run_sync(arrived.set, token=token)
            except RuntimeError:  # the interview is over: nobody waits for this line
                return

        threading.Thread(target=read, name="voicedoc-input", daemon=True).start()
        await arrived.wait()
        return lines[0] or None


@dataclass
class _Page:
    """Prints an interview in writing, as it goes."""

    console: Console
    visit: Visit
    asks: bool

    def take(self, event: Event) -> None:
        """Print what the patient reads. What is for the clinician comes at the end."""
        from rich.text import Text

        from voicedoc.core.events import Cleared, Notice, TurnAttributed
        from voicedoc.core.speech import Role
        from voicedoc.view.bidi import isolated

        match event:
            case Cleared(listener=Role.PATIENT):
                self.console.print(Text(isolated(event.text, event.language), style="bold"), soft_wrap=True)
            case TurnAttributed(role=Role.PATIENT) if not self.asks:
                self.console.print(Text(f"> {isolated(event.hypothesis.text, self.visit.patient)}"), soft_wrap=True)
            case Notice():
                remedy = f" → {event.remedy}" if event.remedy else ""
                self.console.print(Text(f"⚠ {event.message}{remedy}", style="yellow"), soft_wrap=True)
            case _:
                pass

    def prompt(self) -> None:
        """Say that an answer is waited for."""
        if self.asks:
            self.console.print("> ", end="")


def _lines_of(terminal: Terminal, visit: Visit) -> tuple[_Page, Callable[[], Awaitable[str | None]]]:
    page = _Page(terminal.talk, visit, terminal.asks)
    return page, _Lines(page.prompt)


def _into_folder(terminal: Terminal, wanted: Wanted, folder: Path, *, overwrite: bool) -> int:
    """Hold an interview in writing into a folder; the exit status."""
    from voicedoc.cli.notes import keep_draft
    from voicedoc.converse.notes.kept import FolderShelf
    from voicedoc.engine import open_text_engine
    from voicedoc.intake import intake_into
    from voicedoc.profiles import load_profile

    consent = _consent(terminal, wanted)
    if not consent.agreed:
        terminal.talk.print("Consent was refused: nothing was written.")
        return 0
    page, answers = _lines_of(terminal, wanted.visit)
    with open_text_engine(load_profile(wanted.profile), wanted.visit, glossary=wanted.glossary) as engine:
        events = intake_into(
            engine,
            wanted.interviewing,
            folder,
            answers,
            known=(consent,),
            overwrite=overwrite,
            watch=page.take,
        )
    keep_draft(FolderShelf(folder), events)
    terminal.talk.print()
    _print(_history(events), as_json=wanted.as_json)
    terminal.talk.print(f"-> {folder}; a note, drafted: voicedoc sessions note {folder}", soft_wrap=True)
    return _status(events)


def _consent(terminal: Terminal, wanted: Wanted) -> Consented:
    from voicedoc.cli.consent import ask_consent
    from voicedoc.visit.consent import consented

    if wanted.consented:
        return consented(wanted.visit, agreed=True, was_told=False)
    return consented(wanted.visit, agreed=ask_consent(wanted.visit, terminal.talk))


def _stored(terminal: Terminal, wanted: Wanted, room: object, continued: str | None, *, checks: bool) -> int:
    """Hold an interview that is kept in the store; the exit status."""
    from voicedoc.cli.live_start import purge_expired
    from voicedoc.cli.notes import keep_draft
    from voicedoc.cli.stored import open_vault
    from voicedoc.converse.notes.kept import StoredShelf
    from voicedoc.visit.room import RoomWanted

    with ExitStack() as closing:
        vault = closing.enter_context(open_vault())
        vault.unlock()  # a passphrase is asked for before anything else is begun
        before = vault.find(continued) if continued else None
        purge_expired(vault, terminal.talk, but=before.id if before else "")
        if before:
            wanted = _as_before(vault, before, wanted)
        session = (
            _at_the_microphone(terminal, wanted, vault, before, room, checks=checks)
            if isinstance(room, RoomWanted)
            else _in_writing(terminal, wanted, vault, before)
        )
        if session is None:
            return 0
        events = vault.read(session)
        keep_draft(StoredShelf(vault, session), events)
    terminal.talk.print()
    _print(_history(events), as_json=wanted.as_json)
    about = f"session {session}: voicedoc sessions show {session}; a note, drafted: voicedoc sessions note {session}"
    terminal.talk.print(about, soft_wrap=True)
    return _status(events)


def _as_before(vault: Vault, before: StoredSession, wanted: Wanted) -> Wanted:
    """What a session that goes on was begun with."""
    from dataclasses import replace

    from voicedoc.core.events import InterviewClosed
    from voicedoc.core.speech import Visit
    from voicedoc.intake import as_before, was_intake

    events = vault.read(before.id)
    if not was_intake(events):
        raise click.UsageError(f"session {before.id} is no interview: voicedoc live --continue {before.id}")
    if any(isinstance(event, InterviewClosed) for event in events):
        raise click.UsageError(f"the interview of session {before.id} is over: voicedoc intake --history {before.id}")
    held = replace(as_before(events), emergency_number=wanted.interviewing.emergency_number)
    return replace(wanted, visit=Visit(before.doctor, before.patient), profile=before.profile, interviewing=held)


def _in_writing(terminal: Terminal, wanted: Wanted, vault: Vault, before: StoredSession | None) -> str | None:
    """The session's id; None where somebody declined."""
    from voicedoc.engine import open_text_engine
    from voicedoc.intake import TextSession, run_text
    from voicedoc.profiles import load_profile

    page, answers = _lines_of(terminal, wanted.visit)
    with ExitStack() as closing:
        profile = load_profile(wanted.profile)
        engine = closing.enter_context(open_text_engine(profile, wanted.visit, glossary=wanted.glossary))
        consent = None if before and before.agreed else _consent(terminal, wanted)
        events = vault.read(before.id) if before else []
        stored = closing.enter_context(_opened(vault, before, wanted))
        if consent:
            stored.journal.append(consent)
        if consent and not consent.agreed:
            _declined(terminal, stored)
            return None
        run_text(
            lambda: TextSession(
                engine,
                wanted.interviewing,
                stored.journal,
                answers,
                before=events,
                part=stored.before,
                watch=page.take,
            )
        )
        return stored.id


def _opened(vault: Vault, before: StoredSession | None, wanted: Wanted) -> OpenSession:
    from voicedoc.visit.begin import opened

    return opened(vault, before, wanted.visit, wanted.profile, wanted.keep_days)


def _declined(terminal: Terminal, stored: OpenSession) -> None:
    """That somebody declined is kept, and no more."""
    from voicedoc.core.events import SessionClosed

    stored.journal.append(SessionClosed(at=0.0, reason="declined", n_utterances=0))
    stored.journal.seal()
    terminal.talk.print(f"Consent was refused: nothing was recorded. Session {stored.id} says so, and no more.")


def _status(events: Sequence[Event]) -> int:
    from voicedoc.core.events import InterviewClosed, SessionClosed

    if any(isinstance(event, InterviewClosed) and event.reason == "emergency" for event in events):
        return EMERGENCY
    reasons = [event.reason for event in events if isinstance(event, SessionClosed)]
    return {"finished": 0, "interrupted": INTERRUPTED}.get(reasons[-1] if reasons else "", 1)


# --- at the microphone


def _at_the_microphone(
    terminal: Terminal, wanted: Wanted, vault: Vault, before: StoredSession | None, options: object, *, checks: bool
) -> str | None:
    """The session's id; None where somebody declined."""
    from voicedoc.cli.live import declined
    from voicedoc.cli.live_start import consent_for, show_devices
    from voicedoc.cli.sound_check import check_room
    from voicedoc.engine import open_live_engine
    from voicedoc.profiles import load_profile
    from voicedoc.visit.room import RoomWanted

    if not isinstance(options, RoomWanted):
        raise click.UsageError("no microphone is named")
    with ExitStack() as closing:
        room = _room(vault, before, options, terminal.talk)
        names = show_devices(room, terminal.talk)
        terminal.talk.print("loading models", style="dim")
        profile = load_profile(wanted.profile)
        engine = closing.enter_context(open_live_engine(profile, wanted.visit, glossary=wanted.glossary))
        room = check_room(room, terminal.talk, asks=terminal.asks) if checks else room
        was_taken = wanted.consented or (before is not None and before.agreed is True)
        consent = consent_for(wanted.visit, engine, room, terminal.talk, asks=terminal.asks, was_taken=was_taken)
        events = vault.read(before.id) if before else []
        stored = closing.enter_context(_opened(vault, before, wanted))
        if not consent.agreed:
            declined(terminal, stored, engine, consent)
            return None
        _run(terminal, engine, stored, room, names, consent, wanted.interviewing, events)
        return stored.id


def _room(vault: Vault, before: StoredSession | None, options: object, console: Console) -> Room:
    """One microphone, the patient's."""
    from dataclasses import replace

    from voicedoc.cli.live_start import room_for
    from voicedoc.core.speech import Role
    from voicedoc.visit.room import RoomWanted

    chosen = options if isinstance(options, RoomWanted) else RoomWanted()
    return replace(room_for(vault, before, chosen, console), roles=(Role.PATIENT,))


def _run(
    terminal: Terminal,
    engine: Engine,
    stored: OpenSession,
    room: Room,
    names: tuple[str, ...],
    consent: Consented,
    interviewing: Interviewing,
    before: Sequence[Event],
) -> None:
    from voicedoc.cli.live import display_for, shown
    from voicedoc.live import run_live

    display = display_for(terminal, engine, stored.id, names)
    stage = interviewing.stage(engine.visit, before, part=stored.before, engine=engine)
    with shown(display) as beside:
        for event in (consent, room.check):
            if event is not None:
                stored.journal.append(event)
                display.take(event)
        run_live(engine, stored, room, intake=stage, watch=display.take, beside=beside)


def _replay(name: str, profile: str | None, glossary: Glossary, *, paced: bool, as_json: bool) -> int:
    """Run a stored interview again, from its sound; the exit status: 1 where something came out differently."""
    from voicedoc.cli.live import replay_stored

    return replay_stored(_terminal(as_json=as_json), name, profile, glossary, paced=paced)
