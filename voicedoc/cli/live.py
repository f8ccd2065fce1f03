"""`voicedoc live`: interpret between two people at a microphone, while they wait."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.options import advice_option, glossary_option, language_tag, roles_of_channels
from voicedoc.cli.pipelines import complete_profile
from voicedoc.cli.stored import complete_session

if TYPE_CHECKING:
    from rich.console import Console

    from voicedoc.cli.live_desk import Desk
    from voicedoc.cli.live_lines import JsonLines, PlainLines
    from voicedoc.core.events import Consented, Event
    from voicedoc.core.glossary import Glossary
    from voicedoc.core.speech import Role
    from voicedoc.engine import Engine
    from voicedoc.live import LiveSession, Room
    from voicedoc.store.open_session import OpenSession
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault
    from voicedoc.visit.room import RoomWanted

    Display: TypeAlias = Desk | PlainLines | JsonLines
    Beside: TypeAlias = Callable[[LiveSession], Coroutine[Any, Any, None]]

PROFILE = "embedded"

EPILOG = """\b
Examples:
  voicedoc live --doctor en --patient pt
  voicedoc live --doctor en --patient pt --glossary drugs.csv
  voicedoc live --doctor en --patient pt --push-to-talk --microphone USB
  voicedoc live --doctor en --patient pt --channels doctor,patient
  voicedoc live --doctor en --patient pt \\
      --doctor-microphone Headset --patient-microphone USB
  voicedoc live --continue last
  voicedoc live --replay last

How a visit goes: the microphone and the loudspeaker are tried for some seconds; both people are told, in their
language, what is recorded, and a key says that they agree; then they talk. The first time: voicedoc check says what is
missing, and lists the microphones and loudspeakers.

\b
Keys, while it runs:
  space        press to talk, press again to let go; left: the doctor,
               right: the patient
  d, p         that was the doctor, the patient
  y, n         the answer to what is asked back
  s, x         say a held translation as it is, leave it out
  r            say the last translation again
  .            the voice is silent at once
  1, 2, 3      say the reviewed phrase that is offered
  /            find a reviewed phrase, choose it by its number
  w            type what the doctor says
  t            have the patient repeat the last instruction
  h            call a human interpreter, with the reason
  m            listen no more; listen again
  o            the note so far, or what is said again
  up, down     look back
  q, then q    end the session, once it has said what it has to say

Ctrl-C ends as q does; a second one at once. A session that is killed, or whose machine loses power, is kept up to the
last quarter of a second; the next start offers to continue it.

--continue and --replay take the beginning of an id (voicedoc sessions list), or "last". They know the session's
languages and its room: devices, who speaks on which channel, push-to-talk. A glossary is given again. A replay writes
nothing and speaks nothing; it says what came out otherwise than then.

Without a terminal, lines are printed as things happen, and no keys are read. --json prints one JSON object for each
event of the journal, with its "type", and at the end one of type "Summary". Both contain what was said.

Sessions are kept encrypted on this machine: voicedoc sessions lists, shows, exports and destroys them. Those that are
over their time (--keep-days, voicedoc sessions keep) are destroyed when the next visit begins, which says so.

Exit status: 0 done (or consent refused), 1 something failed, 2 wrong usage, 130 ended at once by Ctrl-C.
"""


@dataclass(frozen=True)
class Terminal:
    """What there is to show things on. `talk` is for people, also with --json; `asks`: somebody can press keys."""

    out: Console
    talk: Console
    as_json: bool
    asks: bool

    @property
    def has_screen(self) -> bool:
        """Whether a session can be shown on the whole terminal."""
        return self.out.is_terminal and not self.as_json


def tag_if_given(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A BCP 47 tag; None where the option is left out."""
    return None if value is None else language_tag(ctx, param, value)


@click.command(epilog=EPILOG)
@click.option("--doctor", callback=tag_if_given, metavar="LANGUAGE", help="The doctor's language, e.g. en.")
@click.option("--patient", callback=tag_if_given, metavar="LANGUAGE", help="The patient's language, e.g. pt.")
@click.option(
    "--profile",
    shell_complete=complete_profile,
    help=f"A profile's name or path.  [default: {PROFILE}, or the session's]",
)
@click.option(
    "--microphone",
    metavar="NAME",
    help="A device's number, or part of its name; voicedoc check lists them.  [default: the system's]",
)
@click.option(
    "--channels",
    callback=roles_of_channels,
    metavar="ROLES",
    help="Who speaks on each of its channels, e.g. doctor,patient. Without it, both share the first one.",
)
@click.option("--doctor-microphone", metavar="NAME", help="Two microphones: the doctor's …")
@click.option("--patient-microphone", metavar="NAME", help="… and the patient's.")
@click.option("--loudspeaker", metavar="NAME", help="Where the voice speaks, as --microphone.")
@click.option(
    "--push-to-talk/--open-microphone",
    default=None,
    help="Listen only while somebody has pressed the button; or all the time.  [default: all the time]",
)
@click.option("--silent/--aloud", default=None, help="Only show translations, or speak them.  [default: speak them]")
@glossary_option
@advice_option
@click.option("--no-check", is_flag=True, help="Leave out the sound check. Speaking then does not interrupt the voice.")
@click.option("--consented", is_flag=True, help="Consent was taken before, e.g. on paper: do not ask for it.")
@click.option("--keep-days", type=click.IntRange(min=0), help="Destroy the session so many days after its end.")
@click.option(
    "--continue",
    "continued",
    metavar="SESSION",
    shell_complete=complete_session,
    help="Go on with a session, in its room where no option says otherwise.",
)
@click.option(
    "--replay",
    "replayed",
    metavar="SESSION",
    shell_complete=complete_session,
    help="Run a session again, from its sound.",
)
@click.option("--paced", is_flag=True, help="With --replay: at its own speed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each event instead.")
def live(
    doctor: str | None,
    patient: str | None,
    profile: str | None,
    microphone: str | None,
    channels: tuple[Role, ...],
    doctor_microphone: str | None,
    patient_microphone: str | None,
    loudspeaker: str | None,
    push_to_talk: bool | None,
    silent: bool | None,
    glossary: Glossary,
    no_advice: bool,
    no_check: bool,
    consented: bool,
    keep_days: int | None,
    continued: str | None,
    replayed: str | None,
    paced: bool,
    as_json: bool,
) -> None:
    """Interpret between a doctor and a patient at a microphone: what each says is shown and spoken to the other.

    Words appear while somebody speaks; when they stop, the translation follows. What the translation changed or lost
    (a dose, a "not") is held and shown with the difference, until somebody decides. Nothing leaves this machine.
    """
    terminal = terminal_here(as_json=as_json)
    devices = (microphone, doctor_microphone, patient_microphone, channels, loudspeaker)
    if replayed is not None:
        if continued is not None:
            raise click.UsageError("either --continue or --replay")
        if doctor or patient or any(devices) or push_to_talk is not None or silent is not None:
            raise click.UsageError("a session that is run again has its own languages and devices: leave these out")
        raise SystemExit(replay_stored(terminal, replayed, profile, glossary, paced=paced, advises=not no_advice))
    if paced:
        raise click.UsageError("--paced goes with --replay")
    if continued is None:
        _check_languages(doctor, patient)
    if not consented and not terminal.asks:
        raise click.UsageError("nobody is here to press a key: take consent before, and say so with --consented")
    from voicedoc.cli.live_start import checked_room
    from voicedoc.visit.room import RoomWanted

    # options that contradict each other are told before anything is opened
    room = checked_room(RoomWanted(*devices, push_to_talk=push_to_talk, silent=silent))
    checks, advises = not no_check, not no_advice
    wanted = Wanted(
        doctor or "", patient or "", profile, room, glossary, checks, advises, consented, keep_days, continued
    )
    raise SystemExit(_interpret(terminal, wanted))


def _check_languages(doctor: str | None, patient: str | None) -> None:
    if doctor is None or patient is None:
        raise click.UsageError("--doctor and --patient say which languages they speak, e.g. --doctor en --patient pt")
    if doctor.partition("-")[0] == patient.partition("-")[0]:
        raise click.UsageError(f"doctor and patient both speak '{doctor}'; they take two different languages")


def terminal_here(*, as_json: bool) -> Terminal:
    """What there is to show things on."""
    from voicedoc.cli.captions import CaptionConsole
    from voicedoc.cli.keys import stdin_has_keys

    out = CaptionConsole(highlight=False, markup=False)
    talk = CaptionConsole(stderr=True, highlight=False, markup=False) if as_json else out
    return Terminal(out, talk, as_json, stdin_has_keys())


# --- a visit


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for. Without a profile it is the continued session's, or the usual one."""

    doctor: str
    patient: str
    profile: str | None
    room: RoomWanted
    glossary: Glossary
    checks: bool
    advises: bool
    consented: bool
    keep_days: int | None
    continued: str | None


def _interpret(terminal: Terminal, wanted: Wanted) -> int:
    """Run a visit; the exit status."""
    from voicedoc.cli.live_start import consent_for, offer_unfinished, purge_expired, room_for, show_devices
    from voicedoc.cli.sound_check import check_room
    from voicedoc.cli.stored import open_vault
    from voicedoc.core.speech import Visit
    from voicedoc.engine import open_live_engine
    from voicedoc.profiles import load_profile
    from voicedoc.visit.begin import opened

    with ExitStack() as closing:
        vault = closing.enter_context(open_vault())
        before = _continued(vault, wanted)
        purge_expired(vault, terminal.talk, but=before.id if before else "")
        before = before or offer_unfinished(vault, terminal.talk, asks=terminal.asks)
        visit = Visit(before.doctor, before.patient) if before else Visit(wanted.doctor, wanted.patient)
        profile = load_profile(wanted.profile or (before.profile if before else PROFILE))
        profile = replace(profile, advise=profile.advise and wanted.advises)
        room = room_for(vault, before, wanted.room, terminal.talk)
        names = show_devices(room, terminal.talk)
        vault.unlock()  # once it is known that all that was asked for is there; before anything is begun
        terminal.talk.print("loading models", style="dim")  # first: a pair or model that lacks is told before the check
        engine = closing.enter_context(open_live_engine(profile, visit, glossary=wanted.glossary))
        room = check_room(room, terminal.talk, asks=terminal.asks) if wanted.checks else room
        was_taken = wanted.consented or (before is not None and before.agreed is True)
        consent = consent_for(visit, engine, room, terminal.talk, asks=terminal.asks, was_taken=was_taken)
        earlier = _earlier(vault, before, terminal) if before and profile.advise else []
        stored = closing.enter_context(opened(vault, before, visit, profile.name, wanted.keep_days))
        if not consent.agreed:
            return declined(terminal, stored, engine, consent)
        return _run(terminal, engine, stored, room, names, consent, earlier)


def _continued(vault: Vault, wanted: Wanted) -> StoredSession | None:
    """The session that is named to be gone on with."""
    if wanted.continued is None:
        return None
    found = vault.find(wanted.continued)
    for asked, own in ((wanted.doctor, found.doctor), (wanted.patient, found.patient)):
        if asked not in ("", own):
            between = f"session {found.id} is between '{found.doctor}' and '{found.patient}'"
            raise click.UsageError(f"{between}: leave --doctor and --patient out")
    return found


def _earlier(vault: Vault, before: StoredSession, terminal: Terminal) -> list[Event]:
    """What happened before, for the advice: medicines and allergies that were told are still so."""
    from voicedoc.errors import StoreError

    try:
        return vault.read(before.id)
    except StoreError as error:
        terminal.talk.print(f"⚠ advice begins anew, without what was said before: {error}", style="yellow")
        return []


def declined(terminal: Terminal, stored: OpenSession, engine: Engine, consent: Consented) -> int:
    """That somebody declined is kept; there is no sound."""
    from voicedoc.visit.begin import keep_refusal

    keep_refusal(stored, engine, consent)
    terminal.talk.print(f"Consent was refused: nothing was recorded. Session {stored.id} says so, and no more.")
    return 0


def _run(
    terminal: Terminal,
    engine: Engine,
    stored: OpenSession,
    room: Room,
    names: tuple[str, ...],
    consent: Consented,
    earlier: list[Event],
) -> int:
    from voicedoc.live import run_live

    display = display_for(terminal, engine, stored.id, names)
    with shown(display) as beside:
        for event in (consent, room.check):
            if event is not None:
                stored.journal.append(event)
                display.take(event)
        run_live(engine, stored, room, earlier=earlier, watch=display.take, beside=beside)
    return told_end(terminal, display, stored.id)


def display_for(terminal: Terminal, engine: Engine, session: str, names: tuple[str, ...] = ()) -> Display:
    """What shows the session: the whole terminal, lines, or JSON. Without microphones there are no keys."""
    from voicedoc.cli.live_desk import Desk, finder
    from voicedoc.cli.live_lines import JsonLines, PlainLines
    from voicedoc.cli.live_screen import Surroundings

    if terminal.as_json:
        return JsonLines(terminal.out)
    if not terminal.has_screen:
        return PlainLines(terminal.out)
    has_keys = terminal.asks and bool(names)
    around = Surroundings(session, engine.visit, engine.profile.name, names, has_keys=has_keys)
    return Desk(terminal.out, around, finder(engine))


@contextmanager
def shown(display: Display) -> Iterator[Beside | None]:
    """Have it on the terminal; yields what is to run beside the session."""
    from voicedoc.cli.live_desk import Desk

    if not isinstance(display, Desk):
        yield None
        return
    with display:
        yield display.beside


def told_end(terminal: Terminal, display: Display, session: str) -> int:
    """Say how it was and where it is; the exit status."""
    from voicedoc.cli.live_lines import JsonLines, summary, summary_lines
    from voicedoc.view.state import figures_of

    reason, figures = display.state.closed or "unfinished", figures_of(display.state)
    if isinstance(display, JsonLines):
        display.put(summary(session, reason, figures))
    else:
        for line in summary_lines(session, reason, figures):
            terminal.out.print(line, soft_wrap=True)
    if reason == "interrupted":
        return INTERRUPTED
    return 1 if figures.n_failed or reason != "finished" else 0


# --- a replay


def replay_stored(
    terminal: Terminal, name: str, profile: str | None, glossary: Glossary, *, paced: bool, advises: bool = True
) -> int:
    """Run a stored session or interview again from its sound; the exit status: 1 where something came out otherwise."""
    from voicedoc.cli.stored import open_vault
    from voicedoc.core.speech import Visit
    from voicedoc.engine import open_live_engine
    from voicedoc.intake import as_before, was_intake
    from voicedoc.live import replay
    from voicedoc.profiles import load_profile
    from voicedoc.visit.room import room_of

    with ExitStack() as closing:
        vault = closing.enter_context(open_vault())
        found = vault.find(name)
        before, sound = vault.read(found.id), vault.sound(found.id)
        terminal.talk.print("loading models", style="dim")
        visit = Visit(found.doctor, found.patient)
        chosen = load_profile(profile or found.profile)
        chosen = replace(chosen, advise=chosen.advise and advises)
        engine = closing.enter_context(open_live_engine(chosen, visit, glossary=glossary))
        display = display_for(terminal, engine, found.id)
        with shown(display):
            intake = as_before(before).stage(visit, engine=engine) if was_intake(before) else None
            events = replay(engine, sound, before, room_of(before), paced=paced, intake=intake, watch=display.take)
    return told_replay(terminal, display, found.id, before, events)


def told_replay(terminal: Terminal, display: Display, session: str, before: list[Event], events: list[Event]) -> int:
    """Say what came out alike."""
    from voicedoc.cli.live_lines import JsonLines, summary
    from voicedoc.cli.replayed import compare
    from voicedoc.view.state import figures_of

    result = compare(before, events)
    alike = f"{result.n_alike} of {result.n_all} utterances came out alike"
    if isinstance(display, JsonLines):
        row = summary(session, display.state.closed, figures_of(display.state))
        display.put({**row, "alike": result.n_alike, "of": result.n_all, "differences": list(result.differences)})
        return 1 if result.differences else 0
    for line in (f"replayed {session}: {alike}", *(f"  {difference}" for difference in result.differences)):
        terminal.out.print(line, soft_wrap=True)
    return 1 if result.differences else 0
