"""`voicedoc evaluate`: measure a profile on evaluation tasks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from voicedoc.cli.pipelines import complete_profile

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from voicedoc.evaluate.run import Outcome


def complete_task(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shipped tasks' names that begin so."""
    from voicedoc.evaluate.tasks import task_names

    return [CompletionItem(name) for name in (*task_names(), COMPARE) if name.startswith(incomplete)]


COMPARE = "compare"
"""The word that is no task but compares two runs."""


class Evaluate(click.Command):
    """Hands over to another command where the first word is `COMPARE`."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line."""
        if args[:1] == [COMPARE]:
            from voicedoc.cli.evaluate_compare import compare

            return compare.make_context(f"{info_name} {COMPARE}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=Evaluate)
@click.argument("tasks", nargs=-1, required=True, metavar="TASK…", shell_complete=complete_task)
@click.option(
    "--profile",
    default="embedded",
    show_default=True,
    shell_complete=complete_profile,
    help="A profile's name or path.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("evaluation"),
    show_default=True,
    help="The folder for results, scores and reports.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="VOICEDOC_DEVSET",
    show_envvar=True,
    help="The development set's folder.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many items for each language, pair or voice.")
@click.option("--model", default="", help="The dialogue model to ask, in the place of the profile's.")
def evaluate(tasks: tuple[str, ...], profile: str, out: Path, data: Path | None, limit: int | None, model: str) -> None:
    """Measure a profile on each TASK, by its name or by the path of a task of your own.

    \b
    asr, translation, voices              single steps
    consultation, conversations, segments whole recordings: words, speakers, roles, languages
    diarization                           who spoke when
    nonspeech                             words invented where nobody speaks
    consult, consult-languages            interviews of simulated patients
    xling-verifiability, xling-answers    dialogue models: the same in every language?
    mcq                                   dialogue models: multiple choice
    compare A B                           differences between two runs; see: voicedoc evaluate compare --help

    Writes OUT/<task>/results.jsonl, scores.json and report.html. A run that was interrupted goes on where it stopped.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    from voicedoc.evaluate.backends import ProfileSystems
    from voicedoc.evaluate.run import run_task
    from voicedoc.evaluate.tasks import load_task
    from voicedoc.profiles import load_profile

    loaded = [load_task(name) for name in tasks]
    console = Console(markup=False, highlight=False)
    with ProfileSystems(load_profile(profile), dialogue=model) as systems:
        for task in loaded:
            with Progress(console=console, transient=True) as bar:
                line = bar.add_task(escape(task.title), total=None)
                outcome = run_task(task, systems, out, root=data, limit=limit, progress=partial(_advance, bar, line))
            _show(console, outcome)


def _advance(bar: Progress, line: TaskID, done: int, total: int) -> None:
    bar.update(line, completed=done, total=total)


def _show(console: Console, outcome: Outcome) -> None:
    from rich.table import Table

    table = Table("measure", "of", "value", "unit", "95 % interval", "items", title=outcome.task.title, box=None)
    for figure in outcome.figures:
        row = (figure.scorer, figure.slice, f"{figure.value:.1f}", figure.unit, figure.interval, str(figure.n))
        table.add_row(*row)
    console.print(table)
    for part, reason in outcome.skipped.items():
        console.print(f"not measured: {part}: {reason}", soft_wrap=True)
    console.print(
        f"{outcome.n_items} items ({outcome.n_resumed} from an earlier run) -> {outcome.folder}", soft_wrap=True
    )
