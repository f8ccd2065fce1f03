"""`voicedoc desktop`: the app in a window."""

from __future__ import annotations

import click

from voicedoc.registry import missing_package


@click.command(epilog="Exit status: that of the app. `voicedoc-desktop` is the same without a terminal.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def desktop(arguments: tuple[str, ...]) -> None:
    """Open the app: visits at a microphone, recordings, transcripts and notes, models, settings.

    Nothing leaves this machine. What the app keeps is what `voicedoc sessions` shows.
    """
    try:
        from voicedoc_desktop.app import main
    except ImportError as error:
        raise missing_package(error, "desktop") from error
    raise SystemExit(main([*arguments]))
