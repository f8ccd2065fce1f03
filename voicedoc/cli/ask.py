"""`voicedoc ask`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from voicedoc.cli.knowledge import embedded, language_of, opened, status_of
from voicedoc.cli.options import language_tag

if TYPE_CHECKING:
    from voicedoc.converse.knowledge.answer import Answer
    from voicedoc.converse.knowledge.store import KnowledgeStore
    from voicedoc.profiles import Profile
    from voicedoc.translate.role import Translator


@click.command(
    epilog='Examples:\n\n  voicedoc ask "Can babies have honey?"\n\n'
    '  voicedoc ask "Posso tomar ibuprofeno com varfarina?" --language pt\n\n'
    '  voicedoc ask "…" --route both       also tells where two ways of asking disagree\n\n'
    "  voicedoc knowledge add leaflet.pdf   answers come out of your documents, too"
)
@click.argument("question")
@click.option(
    "--language",
    default="",
    callback=lambda ctx, param, value: language_tag(ctx, param, value) if value else "",
    help="What QUESTION is in, such as pt. Default: as it looks.",
)
@click.option("--clinician", default="en", show_default=True, callback=language_tag, help="The clinician's language.")
@click.option("--profile", default="embedded", show_default=True, help="Its translators and its [ask].")
@click.option("--route", type=click.Choice(("direct", "pivot", "both")), help="Overrules the profile's [ask].")
@click.option("--model", help="A dialogue model that words the search and picks sentences; none by default.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def ask(
    question: str, language: str, clinician: str, profile: str, route: str | None, model: str | None, as_json: bool
) -> None:
    """Answer a QUESTION about medicines or health with sentences of documents, or say "I do not know".

    Every sentence is quoted word for word and says where it stands. An emergency is told first; doses, diagnoses and
    prescriptions are never given. This does not replace a doctor or pharmacist.
    """
    from voicedoc.converse.ask import Asker, Asking
    from voicedoc.converse.knowledge.search import Search
    from voicedoc.converse.suspicion.suspicion import Suspicion
    from voicedoc.engine import named_dialogue_model
    from voicedoc.profiles import load_profile

    if not any(letter.isalnum() for letter in question):
        raise click.UsageError('there is no question, such as "Can babies have honey?"')
    used = load_profile(profile)
    asking = Asking(route) if route else Asking.from_table(used.ask, used.path.name)
    spoken = language or language_of(question)
    with opened() as store, _translator(used, store, spoken) as translator:
        embedder = embedded(store, waiting=True)
        search, suspicion = Search(store, embedder), Suspicion(embedder) if embedder else None
        reader = named_dialogue_model(model) if model else None
        asker = Asker(search, translator=translator, model=reader, asking=asking, suspicion=suspicion)
        answer = asker.ask(question, spoken, clinician=clinician)
        _show(answer, store, clinician, as_json=as_json)


@contextmanager
def _translator(profile: Profile, store: KnowledgeStore, language: str) -> Iterator[Translator | None]:
    """The profile's translators between the asker's language and those of the documents; None where none is there."""
    from voicedoc.core.languages import primary
    from voicedoc.engine import open_translators
    from voicedoc.errors import BackendUnavailable, ModelMissing

    theirs = {primary(document.language) for document in store.documents()} | {"en"}
    others = sorted(theirs - {primary(language)})
    pairs = [pair for other in others for pair in ((language, other), (other, language))]
    translator = None
    with ExitStack() as closing:
        try:
            translator = closing.enter_context(open_translators(profile, pairs)) if pairs else None
        except (ModelMissing, BackendUnavailable) as error:
            click.echo(f"not translated: {error}. Try: {error.remedy}", err=True)
        yield translator


def _show(answer: Answer, store: KnowledgeStore, clinician: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_json(answer, store), ensure_ascii=False))
        return
    for line in _lines(answer, store, clinician):
        click.echo(line)
    for warning in answer.warnings:
        click.echo(f"{click.style('For the clinician:', fg='yellow')} {warning}", err=True)


def _lines(answer: Answer, store: KnowledgeStore, clinician: str) -> Iterator[str]:
    from voicedoc.core.languages import same_language

    both = not same_language(answer.language, clinician)
    if answer.urgent:
        yield click.style(answer.urgent, bold=True)
        yield from [answer.urgent_for_clinician] if both else []
    for caution in answer.cautions:
        yield click.style(caution, bold=True) + "\n"
    if answer.kind == "answer":
        yield from _interactions(answer)
        yield from _quotes(answer, store)
    yield answer.message
    if answer.kind != "answer" and both:
        yield answer.message_for_clinician


def _interactions(answer: Answer) -> Iterator[str]:
    """What the tables of medicines say: not words of a document."""
    from voicedoc.converse.knowledge.starter import REVIEW

    for one in answer.interactions:
        yield f"  {' + '.join(one.names)}: {one.text}"
        yield click.style(f"    [table of interactions, {REVIEW}; check with {one.source}, {one.url}]", dim=True) + "\n"


def _quotes(answer: Answer, store: KnowledgeStore) -> Iterator[str]:
    from voicedoc.converse.knowledge.boundaries import text_of

    if any(quote.doubt for quote in answer.quotes):
        yield text_of("not-translated", answer.language) + "\n"
    if any(quote.is_translated for quote in answer.quotes):
        yield text_of("machine-translated", answer.language) + "\n"
    documents: dict[int, None] = {}
    for quote in answer.quotes:
        place = quote.citation
        documents[place.document] = None
        page = f", page {place.page}" if place.page else ""
        yield f"  {quote.shown}"
        if quote.is_translated:
            yield f"    {quote.language}: {quote.text}"
        yield click.style(f"    [{place.title}, passage {place.passage}, {place.start}-{place.end}{page}]", dim=True)
    yield from [""] if documents else []
    for number in documents:
        document = store.document(number)
        yield f"{document.title}: {status_of(document)}"


def _as_json(answer: Answer, store: KnowledgeStore) -> dict[str, Any]:
    made = asdict(answer)
    for quote in made["quotes"]:
        quote["citation"]["status"] = status_of(store.document(quote["citation"]["document"]))
    return made
