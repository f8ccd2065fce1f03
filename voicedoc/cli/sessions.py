"""`voicedoc sessions`: what was kept of consultations, in the encrypted store or in folders."""

from __future__ import annotations

from pathlib import Path

import click

from voicedoc.cli.notes import note
from voicedoc.cli.options import known_formats, with_remedy
from voicedoc.cli.stored import COMMANDS, complete_session, open_vault
from voicedoc.core.labels import is_label
from voicedoc.errors import VoiceDocError

EPILOG = """\b
SESSION is the beginning of an id (voicedoc sessions list), "last", or for rename and export also a folder that
voicedoc interpret or transcribe has made.
\b
  voicedoc sessions list
  voicedoc sessions show last
  voicedoc sessions note last                      the note: drafted, edited, signed
  voicedoc sessions export 7f3a --format docx,fhir --out visit
  voicedoc sessions recover                        after a crash or a power failure
  voicedoc sessions purge --expired
\b
Live sessions are kept encrypted where VOICEDOC_SESSIONS says, else among your account's data. Their key is in this
computer's keyring, or made of a passphrase: typed, in VOICEDOC_PASSPHRASE, or through VOICEDOC_PASSPHRASE_FD.
"""


@click.group(epilog=EPILOG)
def sessions() -> None:
    """List, show, note, export, back up and destroy sessions; say who the speakers are."""


for command in (*COMMANDS, note):
    sessions.add_command(command)


def _folder(ctx: click.Context, param: click.Parameter, value: str) -> Path | str:
    """A folder that is there, or what may be the id of a stored session."""
    if Path(value).is_dir():
        return Path(value)
    if value.isalnum():
        return value
    raise click.BadParameter(f"'{value}' is no folder, and no id of a session (see voicedoc sessions list)")


def _folders(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[Path | str, ...]:
    """One must be there; among several, one that is missing is told when its turn comes."""
    if len(values) == 1:
        return (_folder(ctx, param, values[0]),)
    return tuple(value if value.isalnum() and not Path(value).is_dir() else Path(value) for value in values)


def _names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`S1=doctor` → a name by label."""
    named = {}
    for value in values:
        label, separator, name = value.partition("=")
        if not separator or not label.strip() or not name.strip():
            raise click.BadParameter(f"'{value}' is not SPEAKER=NAME, e.g. S1=doctor or S2='Ana Silva'")
        if not is_label(name):
            raise click.BadParameter(f"{name!r} cannot be written: a name is on one line, without control characters")
        named[label.strip()] = name.strip()
    return named


@sessions.command(epilog="Example:\n\n  voicedoc sessions rename visit.voicedoc S1=doctor S2='Ana Silva'")
@click.argument("session", callback=_folder, shell_complete=complete_session)
@click.argument("names", nargs=-1, required=True, callback=_names, metavar="SPEAKER=NAME...")
def rename(session: Path | str, names: dict[str, str]) -> None:
    """Say who the speakers of a session are. A folder's documents are made again.

    A NAME that is doctor, patient or other is the speaker's role; any other is a name for the documents. The journal
    keeps what was concluded before, and that a person has corrected it.
    """
    from voicedoc.revise import rename_speakers, rename_stored_speakers

    if isinstance(session, Path):
        transcript = rename_speakers(session, names)
    else:
        with open_vault() as vault:
            transcript = rename_stored_speakers(vault, vault.find(session).id, names)
    for speaker in transcript.speakers.values():
        click.echo(f"{speaker.label}  {speaker.title}  ({', '.join(speaker.reasons)})")


@sessions.command(
    epilog="Examples:\n\n  voicedoc sessions export visit.voicedoc --format fhir,deid\n\n"
    "  voicedoc sessions export 7f3a --format docx,html --sound --out visit"
)
@click.argument(
    "found", nargs=-1, required=True, callback=_folders, metavar="SESSION...", shell_complete=complete_session
)
@click.option(
    "--format", "formats", required=True, callback=known_formats, metavar="FORMATS", help="Such as docx,srt,fhir."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="For a stored session: the new folder.  [default: ID.voicedoc]"
)
@click.option("--sound", is_flag=True, help="For a stored session: its recording as well.")
@click.option("--salvage", is_flag=True, help="For a stored session that is damaged: leave out what cannot be read.")
def export(
    found: tuple[Path | str, ...], formats: tuple[str, ...], out: Path | None, sound: bool, salvage: bool
) -> None:
    """Make documents from the journals of sessions. Nothing is recognised again. One that fails stops no other.

    What is exported from the encrypted store can be read by whoever can read the folder.
    """
    if out and len(found) > 1:
        raise click.UsageError("--out is for one session")
    n_failed = 0
    for session in found:
        try:
            if isinstance(session, Path):
                _export_folder(session, formats)
            else:
                _export_stored(session, formats, out, sound=sound, salvage=salvage)
        except VoiceDocError as error:
            n_failed += 1
            click.echo(f"Error: {with_remedy(error)}", err=True)
    if n_failed:
        raise SystemExit(1)


def _export_folder(folder: Path, formats: tuple[str, ...]) -> None:
    from voicedoc.export.formats import FORMATS
    from voicedoc.revise import export_again

    export_again(folder, formats)
    made = sorted(path for name in formats for pattern in FORMATS[name].files for path in folder.glob(pattern))
    for path in made:
        click.echo(str(path))


def _export_stored(name: str, formats: tuple[str, ...], out: Path | None, *, sound: bool, salvage: bool) -> None:
    from voicedoc.revise import export_stored

    with open_vault() as vault:
        session = vault.find(name).id
        folder = out or Path(f"{session}.voicedoc")
        damaged = export_stored(vault, session, folder, formats, sound=sound, salvage=salvage)
    for path in sorted(folder.iterdir()):
        click.echo(str(path))
    for problem in damaged:
        click.echo(f"left out: {problem}", err=True)
