"""`voicedoc corpora`: what corpora there are readers for, and checking local copies of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from voicedoc_corpora.card import CorpusCard
    from voicedoc_corpora.catalogue import Findings
    from voicedoc_corpora.rows import Broken

N_SHOWN = 20
"""Broken rows that `check` shows; --json has all."""


def complete_corpus(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the shell: the names that begin so."""
    from voicedoc_corpora.catalogue import CORPORA

    return [CompletionItem(name) for name in CORPORA if name.startswith(incomplete)]


_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def corpora() -> None:
    """List corpora, and check local copies of them.

    Nothing is downloaded: `info` says where a corpus comes from and on which terms.
    """


@corpora.command("list")
@_json
def list_corpora(as_json: bool) -> None:
    """List the corpora that VoiceDoc can read."""
    from voicedoc_corpora.catalogue import CORPORA

    cards = [corpus.card for corpus in CORPORA.values()]
    if as_json:
        click.echo(json.dumps([_summary(card) for card in cards], ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None)
    table.add_column("corpus", no_wrap=True)
    for title in ("languages", "licence", "what"):
        table.add_column(title)
    for card in cards:
        table.add_row(card.name, ", ".join(card.languages), ", ".join(_licences(card)), card.description)
    Console(highlight=False, markup=False).print(table)


@corpora.command("info")
@click.argument("name", shell_complete=complete_corpus)
@_json
def info(name: str, as_json: bool) -> None:
    """Show where a corpus comes from, its licence, its fields, and how sure its format is."""
    from voicedoc_corpora.catalogue import corpus

    card = corpus(name).card
    if as_json:
        click.echo(json.dumps(asdict(card), ensure_ascii=False))
        return
    click.echo(f"{card.name}: {card.description}\n\nlanguages  {', '.join(card.languages)}")
    for source in card.sources:
        shared = "" if source.redistributable else "  (not to be passed on)"
        click.echo(f"files      {source.files}\n           from {source.origin}, {source.licence}{shared}")
    click.echo(f"cite       {card.attribution}\nformat     {card.certainty}\n\nWhat becomes of its fields:")
    for theirs, ours in card.fields.items():
        click.echo(f"  {theirs}  →  {ours}")


@corpora.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--corpus", "name", shell_complete=complete_corpus, help="Which corpus it is; else that is found out.")
@_json
@click.pass_context
def check(ctx: click.Context, path: Path, name: str | None, as_json: bool) -> None:
    """Read a local copy at PATH, a folder or a file, to its end: count its rows and name the broken ones.

    Exit status 1 if any row is broken, or if there is none at all.
    """
    from voicedoc_corpora.catalogue import check as read_through
    from voicedoc_corpora.catalogue import corpus, identify

    findings = read_through(corpus(name) if name else identify(path), path)
    click.echo(json.dumps(_as_json(findings), ensure_ascii=False) if as_json else _as_text(findings))
    ctx.exit(0 if findings.is_sound else 1)


def _as_text(findings: Findings) -> str:
    rows = ", ".join(f"{n} {kind}" for kind, n in findings.n_rows.items()) or "no rows"
    lines = [f"{findings.corpus}: {rows}, {len(findings.broken)} broken"]
    if findings.n_without_audio:
        lines.append(f"{findings.n_without_audio} have no recording here")
    lines += [f"  {_where(broken)}: {broken.reason}" for broken in findings.broken[:N_SHOWN]]
    if len(findings.broken) > N_SHOWN:
        lines.append(f"  and {len(findings.broken) - N_SHOWN} more: --json names all")
    return "\n".join(lines)


def _where(broken: Broken) -> str:
    return f"{broken.file}, line {broken.line}" if broken.line else str(broken.file)


def _as_json(findings: Findings) -> dict[str, Any]:
    return {
        "corpus": findings.corpus,
        "rows": dict(findings.n_rows),
        "without_audio": findings.n_without_audio,
        "broken": [{"file": str(b.file), "line": b.line, "reason": b.reason} for b in findings.broken],
    }


def _summary(card: CorpusCard) -> dict[str, Any]:
    return {
        "name": card.name,
        "description": card.description,
        "languages": card.languages,
        "licences": _licences(card),
    }


def _licences(card: CorpusCard) -> list[str]:
    return list(dict.fromkeys(source.licence for source in card.sources))
