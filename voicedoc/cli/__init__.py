"""The command line: one file per command, loaded only when it runs, so that `--help` is instant."""

from __future__ import annotations

import importlib
import sys
from io import TextIOWrapper
from typing import Any, ClassVar

import click

from voicedoc import __version__
from voicedoc.errors import VoiceDocError

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

EPILOG = """\b
Start here:
  voicedoc check                                   what works on this machine
  voicedoc models pull --profile embedded          fetch the models, once
  voicedoc interpret visit.mp3 --doctor en --patient pt
  voicedoc transcribe recordings/ --languages en,pt --translate-to pt
"""


class Commands(click.Group):
    """Loads a command when it is needed. Shows a `VoiceDocError` as a message and a remedy, without a traceback."""

    files: ClassVar[dict[str, str]] = {
        "desktop": "Open the app: visits, recordings, transcripts, models, settings.",
        "live": "Interpret between two people at a microphone.",
        "intake": "Have the assistant interview the patient, and hand the doctor a history.",
        "interpret": "Interpret recordings of a doctor and a patient.",
        "transcribe": "Transcribe recordings: who said what, in both languages.",
        "sessions": "List, show, export, back up and destroy sessions; name speakers.",
        "phrases": "Find reviewed sentences with fixed translations.",
        "ask": "Answer a question about medicines or health, with the passages that say so.",
        "knowledge": "Add, list, search and remove the documents that answers come from.",
        "models": "List, fetch, check and remove models.",
        "pipelines": "List and show profiles.",
        "check": "Say what works on this machine, and what to do about the rest.",
        "evaluate": "Measure recognition, translation, voices, answers, and whole loops of them.",
        "corpora": "List corpora and check local copies of them.",
        "completion": "Print the shell's completion script.",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer needs them."""
        return list(self.files)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's file."""
        if cmd_name not in self.files:
            return None
        module = importlib.import_module(f"voicedoc.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.files.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A mistyped command gets a suggestion."""
        from voicedoc.registry import did_you_mean

        name = args[0]
        if name not in self.files and not name.startswith("-"):
            raise click.UsageError(f"there is no command '{name}'; {did_you_mean(name, list(self.files))}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run from the shell. A terminal without some letters shows their codes instead of breaking off."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            raise SystemExit(INTERRUPTED) from None
        except VoiceDocError as error:
            hint = f"\nTry: {error.remedy}" if error.remedy else ""
            raise click.ClickException(f"{error}{hint}") from error


@click.group(
    cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="voicedoc")
def main() -> None:
    """VoiceDoc interprets between a doctor and a patient who share no language, on this machine alone."""
