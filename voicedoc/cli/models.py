"""`voicedoc models`: what models there are, and fetching, checking and removing them."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from voicedoc.errors import VoiceDocError

if TYPE_CHECKING:
    from rich.console import Console

    from voicedoc.core.cards import Card
    from voicedoc.store.models import FileCheck, ModelStore

_COLOURS = {"installed": "green", "missing": "dim", "outdated": "yellow", "damaged": "red"}


def complete_model(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the shell: the names of the shipped cards and of what was pulled."""
    return [CompletionItem(name) for name in sorted(_store().cards()) if name.startswith(incomplete)]


def _store() -> ModelStore:
    from voicedoc.store.models import ModelStore

    return ModelStore.default()


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False)


_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_one = click.argument("name", shell_complete=complete_model)


@click.group()
def models() -> None:
    """List, fetch, check and remove models.

    Only `pull` connects to anything. Models are kept where VOICEDOC_MODELS says, else among your user account's data.
    """


# --- looking


@models.command("list")
@_json
def list_models(as_json: bool) -> None:
    """List every model that VoiceDoc knows, and which are installed."""
    store = _store()
    rows = [(card, store.state(card)) for card in sorted(store.cards().values(), key=lambda c: (c.role, c.name))]
    if as_json:
        click.echo(json.dumps([_summary(card, state) for card, state in rows], ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("role", box=None)
    table.add_column("model", no_wrap=True)
    for title in ("languages", "licence", "state"):
        table.add_column(title)
    table.add_column("size", justify="right", no_wrap=True)
    for card, state in rows:
        state_shown = Text(state, style=_COLOURS[state])
        table.add_row(card.role, card.name, _languages(card), card.licence, state_shown, size_text(card.size))
    Console(highlight=False, markup=False).print(table)


@models.command("info")
@_one
@_json
def info(name: str, as_json: bool) -> None:
    """Show what is known of a model: licence, provenance, sources, files."""
    from voicedoc.core.cards import card_to_table

    store = _store()
    card = store.card(name)
    state = store.state(card)
    if as_json:
        click.echo(json.dumps({**card_to_table(card), "state": state, "size": card.size}, ensure_ascii=False))
        return
    lines = [
        f"{card.name}: {card.description}",
        "",
        f"role        {card.role}, by the backend '{card.backend}'" if card.backend else f"role        {card.role}",
        f"state       {state}",
        f"size        {size_text(card.size)} in {len(card.files)} files",
        f"languages   {_languages(card)}",
        f"licence     {card.licence}{'  (to be confirmed once)' if card.confirm_licence else ''}",
        f"provenance  {' '.join(card.provenance.split())}",
        *(f"source {n}    {source}" for n, source in enumerate(card.sources, start=1)),
    ]
    if card.measured:
        lines.append(f"measured    {_measured(card)}")
    lines += ["", *(f"{file.sha256 or 'not pinned':64}  {file.path}" for file in card.files)]
    click.echo("\n".join(lines))


@models.command("path")
@_one
def path(name: str) -> None:
    """Print the folder of an installed model."""
    click.echo(_store().path(name))


@models.command("verify")
@click.argument("names", nargs=-1, shell_complete=complete_model)
@_json
@click.pass_context
def verify(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Compute every hash of the named models anew; without names, of all that are installed."""
    from voicedoc.store.models import remedy_for

    store = _store()
    checks = {name: store.verify(name) for name in names or store.present()}
    if as_json:
        shown = {name: [{**asdict(c), "intact": c.intact} for c in files] for name, files in checks.items()}
        click.echo(json.dumps(shown))
    for name, files in checks.items():
        _report(name, files, remedy_for(store.card(name)), quiet=as_json)
    if any(not check.intact for files in checks.values() for check in files):
        ctx.exit(1)


def _report(name: str, files: Sequence[FileCheck], remedy: str, *, quiet: bool) -> None:
    damaged = [check for check in files if not check.intact]
    if quiet:
        return
    if not damaged:
        click.echo(f"{name}: {len(files)} files intact")
    for check in damaged:
        click.echo(f"{name}: {check.path} {'has sha256 ' + check.got if check.got else 'is missing'}", err=True)
    if damaged:
        click.echo(f"Try: {remedy}", err=True)


# --- changing


@models.command("pull")
@click.argument("names", nargs=-1, shell_complete=complete_model)
@click.option("--profile", help="Pull what this profile needs.")
@click.option("--yes", is_flag=True, help="Accept models whose licence is not settled, without asking.")
@click.option("--force", is_flag=True, help="Fetch again what is there.")
@click.pass_context
def pull(ctx: click.Context, names: tuple[str, ...], profile: str | None, yes: bool, force: bool) -> None:
    """Fetch models, verify them and install them.

    NAME is a model of `voicedoc models list`, a card of yours (a .toml file), or a hub's owner/name[@revision].
    """
    wanted = (*names, *_models_of(profile)) if profile else names
    if not wanted:
        raise click.UsageError("name a model, or a profile with --profile", ctx)
    store, lacks = _store(), Lacks()
    for name in dict.fromkeys(wanted):
        try:
            if not _pull(store, name, yes=yes, force=force):
                lacks.unconfirmed[name] = store.find(name).licence
        except VoiceDocError as error:
            lacks.failed.append(name)
            click.echo(f"{click.style(f'{name} failed:', fg='red')} {error}", err=True)
            if error.remedy:
                click.echo(f"Try: {error.remedy}", err=True)
    if lacks:
        lacks.show()
        ctx.exit(1)  # what has arrived stays, for the next pull
    store.clean()


def _models_of(profile: str) -> tuple[str, ...]:
    from voicedoc.profiles import load_profile

    return load_profile(profile).models


def _pull(store: ModelStore, name: str, *, yes: bool, force: bool) -> bool:
    """Pull one model; False where its licence was not confirmed."""
    card = store.find(name)
    if store.state(card) == "installed" and not force:
        click.echo(f"{card.name} is installed; its files are checked", err=True)
    else:
        click.echo(f"{click.style(card.name, bold=True)}, {size_text(card.size)}, licence: {card.licence}", err=True)
        click.echo(click.style(f"  {' '.join(card.provenance.split())}", dim=True), err=True)
    if store.needs_confirmation(card) and not _confirmed(store, card, yes=yes):
        return False
    with Bars(_console()) as bars:
        loaded = store.pull(card, bars, force=force, keep_downloads=True)
    verified = click.style("verified", fg="green")
    click.echo(f"  {verified}, sha256 {loaded.sha256[:16]}…, in {loaded.path}", err=True)
    return True


def _confirmed(store: ModelStore, card: Card, *, yes: bool) -> bool:
    """Ask once whether an unsettled licence is accepted. Where nobody can answer, it is not."""
    question = f"The licence of {card.name}'s weights is not settled ({card.licence}). Use it nevertheless?"
    if yes or (_can_answer() and click.confirm(question, err=True)):
        store.confirm_licence(card)
        return True
    click.echo("  not pulled: its licence is not confirmed (each model is asked for on its own)", err=True)
    return False


def _can_answer() -> bool:
    return sys.stdin.isatty()


@dataclass
class Lacks:
    """What a pull has not brought: models that failed, and the licences, by model, that nobody confirmed."""

    failed: list[str] = field(default_factory=list)
    unconfirmed: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.failed or self.unconfirmed)

    def show(self) -> None:
        """The last lines: which models are lacking, why, and what to type."""
        for name in self.failed:
            click.echo(f"Not pulled: {name} failed, see above", err=True)
        for name, licence in self.unconfirmed.items():
            click.echo(f"Not pulled: {name}, whose licence ({licence}) must be confirmed once", err=True)
        if self.unconfirmed:
            click.echo(f"To accept that: voicedoc models pull {shlex.join(self.unconfirmed)} --yes", err=True)


@models.command("remove")
@click.argument("names", nargs=-1, required=True, shell_complete=complete_model)
def remove(names: tuple[str, ...]) -> None:
    """Take models out of the store. Files that another model shares stay."""
    store = _store()
    for name in names:
        click.echo(f"{name} removed, {size_text(store.remove(name))} freed")


class Bars:
    """A `Progress` that draws one bar for each thing that is fetched: bytes, speed, time left."""

    def __init__(self, console: Console) -> None:
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (TextColumn("  {task.description}", markup=False), BarColumn(), DownloadColumn())
        self._bars = Progress(
            *columns, TransferSpeedColumn(), TimeRemainingColumn(), console=console, disable=not console.is_terminal
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bars.stop()

    def note(self, text: str) -> None:
        """Print a line above the bars."""
        self._bars.console.print(f"  {text}", soft_wrap=True)

    def advance(self, what: str, done: int, total: int | None) -> None:
        """Draw how far `what` is."""
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=total)
        self._bars.update(self._tasks[what], completed=done, total=total)


# --- words


def size_text(size: int | None) -> str:
    """Bytes for people: "17.1 MB"; "?" where the size is not known."""
    if size is None:
        return "?"
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _languages(card: Card) -> str:
    return ", ".join(card.languages) or ("any" if card.role == "segment" else "none evaluated")


def _measured(card: Card) -> str:
    shown = asdict(card.measured) if card.measured else {}
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in shown.items() if value is not None)


def _summary(card: Card, state: str) -> dict[str, Any]:
    return {
        "name": card.name,
        "role": card.role,
        "backend": card.backend,
        "languages": card.languages,
        "licence": card.licence,
        "size": card.size,
        "state": state,
    }
