"""The session store on the command line: `voicedoc sessions list`, `show`, `recover`, `purge`, `backup`, …"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from voicedoc.errors import KeyRefused, VoiceDocError

if TYPE_CHECKING:
    from voicedoc.store.keys import Keys
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault


def complete_session(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the shell: the ids of stored sessions."""
    try:
        with open_vault() as vault:
            known = vault.sessions()
    except VoiceDocError:
        return []
    return [
        CompletionItem(each.id, help=f"{_local(each.began)} {each.state}")
        for each in known
        if each.id.startswith(incomplete)
    ]


_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_one = click.argument("session", shell_complete=complete_session)
_yes = click.option("--yes", is_flag=True, help="Do not ask.")


_WHY_A_PASSPHRASE = (
    "What is kept here is encrypted. Without this passphrase nobody can read it again: there is no way around it."
)


def open_vault() -> Vault:
    """The user's session store. Its passphrase is asked for where that is needed and somebody can answer."""
    from voicedoc.store.vault import Vault

    return Vault.default(ask_passphrase)


def ask_passphrase(prompt: str, twice: bool) -> str | None:
    """Ask at the terminal; None where there is none."""
    if not can_answer():
        return None
    if twice:
        click.echo(_WHY_A_PASSPHRASE, err=True)
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
    return typed


def can_answer() -> bool:
    """Whether somebody is at the terminal."""
    return sys.stdin.isatty()


# --- looking


@click.command("list")
@_json
def list_sessions(as_json: bool) -> None:
    """List the sessions of this machine, the last one first. Needs no passphrase.

    A session is "open" while a program is at it, "closed" when it has ended, and "crashed" when its program died:
    `voicedoc sessions recover` closes it, `voicedoc live --continue ID` goes on with it, `voicedoc intake
    --continue ID` with an interview.
    """
    with open_vault() as vault:
        known, expired = vault.sessions(), vault.expired()
    if as_json:
        click.echo(json.dumps([_summary(each) for each in known]))
        return
    if not known:
        click.echo("No sessions yet. One begins with: voicedoc live --doctor en --patient pt", err=True)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("session", "began", "state", "length", "languages", "lines", "consent", "keep until", box=None)
    for each in known:
        table.add_row(each.id, _local(each.began), each.state, _length(each), _languages(each), str(each.n_lines),
                      _consent(each), _local(each.keep_until) if each.keep_until else "for ever")  # fmt: skip
    Console(highlight=False, markup=False).print(table)
    if expired:
        click.echo(f"{len(expired)} over their time: destroyed when the next visit begins, or now by\n"
                   "  voicedoc sessions purge --expired", err=True)  # fmt: skip


@click.command(epilog="Examples:\n\n  voicedoc sessions show last\n\n  voicedoc sessions show 7f3a --json")
@_one
@_json
def show(session: str, as_json: bool) -> None:
    """Show what was said in a session, in both languages. SESSION is the beginning of an id, or "last"."""
    from voicedoc.export.json_file import to_data
    from voicedoc.export.markdown import to_markdown
    from voicedoc.export.transcript import transcript_of

    with open_vault() as vault:
        found = vault.find(session)
        transcript = transcript_of(vault.read(found.id))
    if as_json:
        click.echo(json.dumps({**_summary(found), "transcript": to_data(transcript)}, ensure_ascii=False))
    else:
        click.echo(f"session {found.id}, {found.state}, began {_local(found.began)}", err=True)
        click.echo(to_markdown(transcript))


@click.command("audit", epilog="Exit status: 0 if the trail is whole, 1 if it has been changed.")
@_json
def audit_trail(as_json: bool) -> None:
    """Print who did what with which session, and when; and whether the trail has been tampered with."""
    from voicedoc.store.audit import broken_at

    with open_vault() as vault:
        trail = vault.audit()
    broken = broken_at(trail)
    if as_json:
        entries = [{**asdict(entry), "detail": json.loads(entry.detail)} for entry in trail]
        click.echo(json.dumps({"whole": broken is None, "broken_at": broken, "entries": entries}))
    else:
        for entry in trail:
            detail = " ".join(f"{name}={value}" for name, value in json.loads(entry.detail).items())
            click.echo(f"{entry.number:5}  {entry.at}  {entry.who:12}  {entry.action:17} {entry.session:8}  {detail}")
    if broken is not None:
        click.echo(f"The trail has been changed: entry {broken} does not follow from those before it.", err=True)
        raise SystemExit(1)


@click.command("check", epilog="Exit status: 0 if all is sound, 1 if not.")
@_json
def check_store(as_json: bool) -> None:
    """Look for damage: in the database, in the audit trail, in every line of every journal."""
    with open_vault() as vault:
        problems, count = vault.check(), len(vault.sessions())
    if as_json:
        click.echo(json.dumps({"sessions": count, "problems": problems}))
    elif not problems:
        click.echo(f"{count} sessions, all sound")
    for problem in [] if as_json else problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)


# --- after a crash


@click.command(
    epilog="Examples:\n\n  voicedoc sessions recover               say what was left unfinished\n\n"
    "  voicedoc sessions recover --close       close all of it\n\n  voicedoc sessions recover 7f3a --close"
)
@click.argument("sessions", nargs=-1, metavar="[SESSION]...", shell_complete=complete_session)
@click.option("--close", "closing", is_flag=True, help="End them: their journals get a last line.")
@_json
def recover(sessions: tuple[str, ...], closing: bool, as_json: bool) -> None:
    """Say which sessions were cut off when their program died; with --close, end them.

    Nothing of them is lost: they can be shown and exported as they are. `voicedoc live --continue ID` goes on, and
    with an interview `voicedoc intake --continue ID`.
    """
    from voicedoc.revise import close_stored

    with open_vault() as vault:
        wanted = [vault.find(name).id for name in sessions]
        found = [each for each in vault.unfinished() if not wanted or each.id in wanted]
        if closing:
            for each in found:
                close_stored(vault, each.id)
            found = [vault.find(each.id) for each in found]
    if as_json:
        click.echo(json.dumps([_summary(each) for each in found]))
        return
    for each in found:
        click.echo(f"{each.id}  began {_local(each.began)}  {each.n_lines} lines  {each.state}")
    if not found:
        click.echo("Nothing is unfinished.", err=True)
    elif not closing:
        click.echo("To end them: voicedoc sessions recover --close", err=True)
        click.echo("To go on: voicedoc live --continue ID; an interview: voicedoc intake --continue ID", err=True)


# --- for how long


@click.command(
    epilog="Examples:\n\n  voicedoc sessions keep --days 30        sessions to come\n\n"
    "  voicedoc sessions keep 7f3a --forever\n\n  voicedoc sessions keep                  say what holds"
)
@click.argument("sessions", nargs=-1, metavar="[SESSION]...", shell_complete=complete_session)
@click.option("--days", type=click.IntRange(min=0), help="Keep for so many days after the session's end.")
@click.option("--forever", is_flag=True, help="Keep until somebody purges it.")
def keep(sessions: tuple[str, ...], days: int | None, forever: bool) -> None:
    """Set for how long sessions are kept; without SESSION, those to come.

    What is over its time is destroyed when the next visit begins (voicedoc live), and by `voicedoc sessions purge
    --expired`, which a daily job may run. A session that was cut off stays for a day at least.
    """
    if days is not None and forever:
        raise click.UsageError("either --days or --forever")
    with open_vault() as vault:
        found = [vault.find(name).id for name in sessions]
        if days is not None or forever:
            for session in found or [""]:
                vault.keep(days, session)
        for session in found:
            until = vault.find(session).keep_until
            click.echo(f"{session}  kept {'until ' + _local(until) if until else 'for ever'}")
        if not found:
            kept = "for ever" if vault.keep_days is None else f"for {vault.keep_days} days after their end"
            click.echo(f"sessions to come are kept {kept}")


@click.command(
    epilog="Examples:\n\n  voicedoc sessions purge 7f3a 91c0\n\n  voicedoc sessions purge --expired --yes\n\n"
    "  voicedoc sessions purge --older-than 30"
)
@click.argument("sessions", nargs=-1, metavar="[SESSION]...", shell_complete=complete_session)
@click.option("--expired", is_flag=True, help="Those that are over their time (see voicedoc sessions keep).")
@click.option("--older-than", type=click.IntRange(min=0), metavar="DAYS", help="Those that began longer ago.")
@_yes
@_json
def purge(sessions: tuple[str, ...], expired: bool, older_than: int | None, yes: bool, as_json: bool) -> None:
    """Destroy sessions for good: key, journal, sound. Nothing brings them back, except a backup that has them.

    The audit trail keeps that they were there, and that they were purged. Backups and exported documents are not
    touched: delete those yourself. Needs no passphrase.
    """
    if not sessions and not expired and older_than is None:
        raise click.UsageError("name sessions, or --expired, or --older-than DAYS")
    with open_vault() as vault:
        found = _to_purge(vault, sessions, expired=expired, older_than=older_than)
        if found and not yes:
            _confirm_purge(found)
        for each in found:
            vault.purge(each.id, "asked" if each.id in sessions or not expired else "expired")
            if not as_json:
                click.echo(f"{each.id} destroyed")
    if as_json:
        click.echo(json.dumps([each.id for each in found]))
    elif not found:
        click.echo("Nothing to purge.", err=True)


def _to_purge(vault: Vault, names: Sequence[str], *, expired: bool, older_than: int | None) -> list[StoredSession]:
    found = {each.id: each for each in map(vault.find, names)}
    found |= {each.id: each for each in (vault.expired() if expired else [])}
    if older_than is not None:
        found |= {each.id: each for each in vault.sessions() if each.state != "open" and _age(each) > older_than}
    return list(found.values())


def _age(session: StoredSession) -> float:
    """Days since a session began."""
    began = datetime.fromisoformat(session.began)
    return (datetime.now(began.tzinfo) - began).total_seconds() / 86_400


def _confirm_purge(found: Sequence[StoredSession]) -> None:
    for each in found:
        click.echo(f"{each.id}  began {_local(each.began)}  {_length(each)}  {_languages(each)}", err=True)
    if not can_answer():
        raise click.UsageError("nothing was purged: nobody is here to confirm it; --yes does without")
    click.confirm(f"Destroy {len(found)} session(s) for good?", abort=True, err=True)


# --- copies, keys


@click.command(epilog="Example:\n\n  voicedoc sessions backup /media/usb/sessions-2026-01-31 --passphrase")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--passphrase", "own", is_flag=True, help="Ask for a passphrase of the backup's own.")
def backup(folder: Path, own: bool) -> None:
    """Copy all sessions, encrypted as they are, into a new FOLDER. They may run meanwhile.

    Where the store's key is in this computer's keyring, no other computer can open the backup: unless --passphrase
    gives it a passphrase of its own (typed, or in VOICEDOC_BACKUP_PASSPHRASE).
    """
    from voicedoc.store.backup import back_up
    from voicedoc.store.keys import Keys

    passphrase = _backup_passphrase() if own else None
    with open_vault() as vault:
        count = back_up(vault, folder, Keys.from_environment(ask_passphrase), passphrase)
        kind = vault.key_kind()
    click.echo(f"{count} sessions -> {folder}")
    if kind == "keyring" and not own:
        click.echo("Only this account's keyring can open it. For another computer: --passphrase", err=True)


def _backup_passphrase() -> str:
    passphrase = os.environ.get("VOICEDOC_BACKUP_PASSPHRASE") or ask_passphrase("New passphrase for the backup", True)
    if not passphrase:
        raise KeyRefused(
            "no passphrase was given for the backup", remedy="type it, or give it in VOICEDOC_BACKUP_PASSPHRASE"
        )
    return passphrase


@click.command(
    epilog="Example:\n\n  VOICEDOC_SESSIONS=~/restored voicedoc sessions restore /media/usb/sessions-2026-01-31"
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Bring back the sessions of a backup in FOLDER. The store must be empty: name a new one with VOICEDOC_SESSIONS.

    Every file is checked first. The backup's key or passphrase then opens the sessions.
    """
    from voicedoc.store import backup as copies
    from voicedoc.store.vault import sessions_folder

    copies.restore(folder, sessions_folder())
    with open_vault() as vault:
        vault.note("restored")
        known, expired = vault.sessions(), vault.expired()
    click.echo(f"{len(known)} sessions -> {sessions_folder()}")
    if expired:
        click.echo(f"{len(expired)} of them are over their time: voicedoc sessions purge --expired", err=True)


@click.command(
    epilog="Examples:\n\n  voicedoc sessions key                   say what holds\n\n"
    "  voicedoc sessions key --change passphrase"
)
@click.option("--change", type=click.Choice(["keyring", "passphrase"]), help="Put all sessions under a new key.")
def key(change: str | None) -> None:
    """Say where the key of the sessions is kept, or change it: the computer's keyring, or a passphrase.

    A new passphrase is typed, or given in VOICEDOC_NEW_PASSPHRASE. Backups that were made before stay under the old
    key. Nobody can read the sessions without the key: not we, either.
    """
    with open_vault() as vault:
        if change:
            vault.change_key(_new_keys(change).make)
        kind = vault.key_kind()
    if not kind:
        click.echo("There is no key yet; the first session makes it.")
    else:
        click.echo(f"the key of the sessions {'is in the keyring' if kind == 'keyring' else 'is a passphrase'}")


def _new_keys(kind: str) -> Keys:
    from voicedoc.store.keys import Keys

    return Keys(kind, given=lambda: os.environ.get("VOICEDOC_NEW_PASSPHRASE"), ask=ask_passphrase)


# --- words


def _summary(session: StoredSession) -> dict[str, Any]:
    return {**asdict(session), "keep_until": session.keep_until}


def _local(moment: str) -> str:
    """A time for people, on this machine's clock."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _length(session: StoredSession) -> str:
    from voicedoc.core.time import clock_text

    return clock_text(session.seconds) if session.seconds else "?"


def _languages(session: StoredSession) -> str:
    return f"{session.doctor}, {session.patient}"


def _consent(session: StoredSession) -> str:
    return {True: "yes", False: "no", None: "-"}[session.agreed]


COMMANDS: tuple[click.Command, ...] = (
    list_sessions, show, recover, keep, purge, backup, restore, audit_trail, check_store, key,
)  # fmt: skip
