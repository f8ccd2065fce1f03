"""`voicedoc phrases`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicedoc.cli.options import language_tag

if TYPE_CHECKING:
    from voicedoc.phrases import Match, Phrase, PhraseBank
    from voicedoc.phrases.role import SentenceEmbedder

SPEAKERS = ("doctor", "patient")


@click.group()
def phrases() -> None:
    """Find reviewed sentences with fixed translations: consent, allergies, pain, medication, teach-back, emergency."""


@phrases.command(epilog='Example:\n\n  voicedoc phrases search "any allergies" --language en --target pt')
@click.argument("text")
@click.option("--language", required=True, callback=language_tag, help="What TEXT is in, such as en.")
@click.option("--target", required=True, callback=language_tag, help="What to say it in, such as pt.")
@click.option("--speaker", type=click.Choice(SPEAKERS), help="Only what this person says.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many to show.")
@click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The visit's drugs and allergies, .toml or .csv.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(
    text: str, language: str, target: str, speaker: str | None, limit: int, glossary: Path | None, as_json: bool
) -> None:
    """Find phrases that say what TEXT says.

    Without a model they are found by their letters; other wordings are found better by meaning, with the model
    multilingual-e5-small (voicedoc models pull multilingual-e5-small, 72 MB). Phrases with other numbers, negation or
    sides than TEXT are never shown.
    """
    from voicedoc.core.speech import Role

    bank = _bank(glossary)
    matches = bank.find(text, language, target, limit, speaker=Role(speaker) if speaker else None)
    if as_json:
        _print_json([_as_json(match, language, target) for match in matches])
    for match in () if as_json else matches:
        click.echo(_shown(match, language, target))
    if not matches and not as_json:
        click.echo("no phrase says this")


@phrases.command("list", epilog="Example:\n\n  voicedoc phrases list --category consent --language en --language pt")
@click.option("--category", help="Only this category.")
@click.option("--language", "languages", multiple=True, help="Show the wordings in these languages. Default: en.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_phrases(category: str | None, languages: tuple[str, ...], as_json: bool) -> None:
    """List the phrases, with source, licence and review status."""
    from voicedoc.errors import ConfigError
    from voicedoc.phrases import PhraseBank
    from voicedoc.phrases.lexicon import lexicon_of
    from voicedoc.registry import did_you_mean

    shown = [lexicon_of(language).language for language in languages or ("en",)]
    bank = PhraseBank.load()
    if category is not None and category not in bank.categories:
        raise ConfigError(f"no category is called '{category}'", remedy=did_you_mean(category, bank.categories))
    chosen = [phrase for phrase in bank.phrases if category in (None, phrase.category)]
    if as_json:
        _print_json([_entry(phrase) for phrase in chosen])
        return
    for phrase in chosen:
        click.echo(phrase.id)
        for language in shown:
            if phrase.has(language):
                click.echo(f"  {language}  {phrase.text[language]}  ({_status(phrase, language)})")


def _bank(glossary: Path | None) -> PhraseBank:
    from voicedoc.core.glossary import Glossary
    from voicedoc.phrases import PhraseBank
    from voicedoc.phrases.bank import kept_vectors
    from voicedoc.phrases.e5 import MODEL

    drugs = Glossary.read(glossary) if glossary else None
    embedder = _embedder()
    if embedder is None:
        click.echo(f"found by letters alone; to find other wordings, voicedoc models pull {MODEL}", err=True)
    return PhraseBank.load(embedder=embedder, kept_in=kept_vectors(), drugs=drugs)


def _embedder() -> SentenceEmbedder | None:
    """The embedding model, where it has been pulled."""
    from voicedoc.errors import ModelMissing
    from voicedoc.phrases.e5 import E5, MODEL
    from voicedoc.store.models import ModelStore

    try:
        return E5(ModelStore.default().open(MODEL))
    except ModelMissing:
        return None


def _shown(match: Match, language: str, target: str) -> str:
    lines = [f"{match.score:.2f}  {match.phrase.id}", f"  {language}  {match.source_text}"]
    lines.append(f"  {target}  {match.text}  ({_status(match.phrase, target)})")
    if match.missing:
        lines.append(f"  say or type: {', '.join(match.missing)}")
    if match.unsure:
        lines.append(f"  copied as it is, check: {match.slots['drug']}")
    return "\n".join(lines)


def _status(phrase: Phrase, language: str) -> str:
    source = phrase.source_of(language)
    return f"{source.name}, {source.licence}, {source.review}"


def _as_json(match: Match, language: str, target: str) -> dict[str, object]:
    return {
        "id": match.phrase.id,
        "score": round(match.score, 3),
        language: match.source_text,
        target: match.text,
        "slots": dict(match.slots),
        "missing": match.missing,
        "unsure": match.unsure,
        "status": _status(match.phrase, target),
    }


def _entry(phrase: Phrase) -> dict[str, object]:
    wordings = {language: {"text": text, "status": _status(phrase, language)} for language, text in phrase.text.items()}
    return {"id": phrase.id, "category": phrase.category, "source_id": phrase.source_id, "wordings": wordings}


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
