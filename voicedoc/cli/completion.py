"""`voicedoc completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(epilog="Example:  voicedoc completion bash > ~/.local/share/bash-completion/completions/voicedoc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL."""
    from voicedoc.cli import main

    kind = get_completion_class(shell)
    if kind is None:  # click knows all three
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(main, {}, "voicedoc", "_VOICEDOC_COMPLETE").source())
