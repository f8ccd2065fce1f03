"""`voicedoc sessions`."""

from __future__ import annotations

from pathlib import Path

import click

from voicedoc.cli.options import known_formats

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def sessions() -> None:
    """Name speakers, and make documents of finished sessions: interpreted, or transcribed."""


def _names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`S1=doctor` → a name by label."""
    named = {}
    for value in values:
        label, separator, name = value.partition("=")
        if not separator or not label.strip() or not name.strip():
            raise click.BadParameter(f"'{value}' is not SPEAKER=NAME, e.g. S1=doctor or S2='Ana Silva'")
        named[label.strip()] = name.strip()
    return named


@sessions.command(epilog="Example:\n\n  voicedoc sessions rename visit.voicedoc S1=doctor S2='Ana Silva'")
@click.argument("folder", type=FOLDER)
@click.argument("names", nargs=-1, required=True, callback=_names, metavar="SPEAKER=NAME...")
def rename(folder: Path, names: dict[str, str]) -> None:
    """Say who the speakers of a session are. Its documents are made again.

    A NAME that is doctor, patient or other is the speaker's role; any other is a name for the documents. The journal
    keeps what was concluded before, and that a person has corrected it.
    """
    from voicedoc.revise import rename_speakers

    for speaker in rename_speakers(folder, names).speakers.values():
        click.echo(f"{speaker.label}  {speaker.title}  ({', '.join(speaker.reasons)})")


@sessions.command(epilog="Example:\n\n  voicedoc sessions export visit.voicedoc --format fhir,deid")
@click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="FOLDER...")
@click.option(
    "--format", "formats", required=True, callback=known_formats, metavar="FORMATS", help="Such as docx,srt,fhir."
)
def export(folders: tuple[Path, ...], formats: tuple[str, ...]) -> None:
    """Make documents from the journals of sessions. Nothing is recognised again."""
    from voicedoc.export.formats import FORMATS
    from voicedoc.revise import export_again

    for folder in folders:
        export_again(folder, formats)
        made = sorted(path for name in formats for pattern in FORMATS[name].files for path in folder.glob(pattern))
        for path in made:
            click.echo(str(path))
