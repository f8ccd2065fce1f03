"""`voicedoc evaluate`: measure a profile on evaluation tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.options import cluster_address
from voicedoc.cli.pipelines import complete_profile

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from voicedoc.evaluate.replies import Spent
    from voicedoc.evaluate.run import Outcome
    from voicedoc.evaluate.solving import Solver
    from voicedoc.evaluate.systems import Systems
    from voicedoc.profiles import Profile


def complete_task(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shipped tasks' names that begin so."""
    from voicedoc.evaluate.tasks import task_names

    return [CompletionItem(name) for name in (*task_names(), COMPARE) if name.startswith(incomplete)]


COMPARE = "compare"
"""The word that is no task but compares two runs."""

REPLIES = "replies.sqlite"
"""Where dialogue models' replies are kept, in the folder for results."""


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
@click.option(
    "--model",
    default="",
    help="The dialogue model to ask, in the place of the profile's: its card's name, a folder, the .toml file of a "
    "server, or rule:always-no, rule:longest-answer, rule:copy-question.",
)
@click.option("--judge", default="", help="The model that judges answers, likewise. [default: the one that is asked]")
@click.option(
    "--ray", metavar="ADDRESS", callback=cluster_address, help="On a Ray cluster; 'local' starts one on this machine."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="With --ray: how many. [default: what fits]")
def evaluate(
    tasks: tuple[str, ...],
    profile: str,
    out: Path,
    data: Path | None,
    limit: int | None,
    model: str,
    judge: str,
    ray: str | None,
    workers: int | None,
) -> None:
    """Measure a profile on each TASK, by its name or by the path of a task of your own.

    \b
    asr, translation, voices              single steps
    consultation, conversations, segments whole recordings: words, speakers, roles, languages
    diarization                           who spoke when
    nonspeech                             words invented where nobody speaks
    consult, consult-languages            interviews of simulated patients
    speech-loop                           a spoken question, answered aloud: which stage loses what
    retrieval                             is the right document found?
    latency                               how late interpreting comes
    xling-verifiability, xling-answers    dialogue models: as good and as steady in every language?
    agreement                             do answers agree between languages, directly and through English?
    mcq, followup                         dialogue models: multiple choice; does an answer stand under pressure?
    trees, arena                          decision trees out of texts; answers in pairs, rated
    compare A B                           differences between two runs; see: voicedoc evaluate compare --help

    Writes OUT/<task>/results.jsonl, scores.json and report.html. A run that was interrupted goes on where it stopped.
    OUT/replies.sqlite keeps what dialogue models replied: nothing is asked twice.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    from voicedoc.evaluate.backends import ProfileSystems
    from voicedoc.evaluate.replies import StoredReplies
    from voicedoc.evaluate.run import run_task
    from voicedoc.evaluate.tasks import load_task
    from voicedoc.profiles import load_profile

    if workers and not ray:
        raise click.UsageError("--workers goes with --ray, e.g. --ray local --workers 2")
    loaded, measured = [load_task(name) for name in tasks], load_profile(profile)
    console = Console(markup=False, highlight=False)
    out.mkdir(parents=True, exist_ok=True)
    with (
        closing(StoredReplies(out / REPLIES)) as replies,
        ProfileSystems(measured, dialogue=model, judge=judge, replies=replies) as systems,
    ):
        before = replies.spent()
        for task in loaded:
            solver = _on_cluster(ray, workers, measured, model, judge, out, task.kind) if ray else None
            with Progress(console=console, transient=True) as bar:
                line = bar.add_task(escape(task.title), total=None)
                progress = partial(_advance, bar, line)
                try:
                    outcome = run_task(task, systems, out, root=data, limit=limit, progress=progress, solver=solver)
                except KeyboardInterrupt:
                    click.echo("interrupted: the same command goes on from here", err=True)
                    raise SystemExit(INTERRUPTED) from None
            _show(console, outcome)
        for told in _spent(before, replies.spent(), systems):
            console.print(told, soft_wrap=True)


def _on_cluster(
    ray: str, workers: int | None, profile: Profile, model: str, judge: str, out: Path, kind: str
) -> Solver:
    from voicedoc.evaluate.sharded import SystemsSpec, sharded
    from voicedoc.jobs.joining import Cluster

    paths = [str(Path(name).absolute()) if name.endswith(".toml") else name for name in (model, judge)]
    return sharded(Cluster(ray, workers=workers), SystemsSpec(profile, *paths), out / REPLIES, kind)


def _spent(before: Mapping[str, Spent], after: Mapping[str, Spent], systems: Systems) -> Iterator[str]:
    """What dialogue models were asked now, and what servers' tokens cost."""
    from voicedoc.evaluate.spending import Used

    for identity, total in after.items():
        now = [count - earlier for count, earlier in zip(total, before.get(identity, (0, 0, 0)), strict=True)]
        bill, whole = systems.bills([Used(identity, *now)])[0], systems.bills([Used(identity, *total)])[0]
        told = f"{bill.model}: {bill.n_replies} replies now, {bill.n_prompt_tokens} tokens read"
        told += f" and {bill.n_tokens} written"
        if bill.cost is not None:
            told += f", {bill.cost:.2f} {bill.currency} ({whole.cost:.2f} with those of earlier runs)"
        yield told


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
