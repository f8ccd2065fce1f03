"""How a question gets to the documents: as it is, through English, or both ways with a look at where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from voicedoc.converse.dialogue.role import DialogueModel
from voicedoc.converse.knowledge.answer import Answer, Citation, Interaction, Quote
from voicedoc.converse.knowledge.boundaries import boundary_of, text_of
from voicedoc.converse.knowledge.distil import distil, distil_with
from voicedoc.converse.knowledge.pairs import interactions, medicines_of, named_together, pairs_of
from voicedoc.converse.knowledge.reading import Sentence, contradictions, read
from voicedoc.converse.knowledge.search import Search
from voicedoc.core.languages import primary, same_language
from voicedoc.errors import BackendFailed, UnsupportedLanguage
from voicedoc.guard import LANGUAGES, compare_texts, extract
from voicedoc.translate.role import Translator

PIVOT = "en"

_COMPARED = ("drug", "dose", "number", "negation", "duration", "frequency", "allergy", "pregnancy")
"""The kinds of the guard's items in which two answers may not differ unseen."""


class Route(Protocol):
    """A way from a question to sentences of documents, shown in the asker's language."""

    @property
    def name(self) -> str:
        """What the profile calls it."""
        ...

    def answer(self, question: str, language: str) -> Answer:
        """The answer; its kind is "answer" or "unknown", or "boundary" where translating made one plain."""
        ...


class DirectRoute:
    """The question as it is: topics, drugs and vectors reach across languages; each sentence is translated back."""

    name = "direct"

    def __init__(
        self, search: Search, *, translator: Translator | None = None, model: DialogueModel | None = None
    ) -> None:
        self._search, self._translator, self._model = search, translator, model

    def answer(self, question: str, language: str) -> Answer:
        """See `Route`."""
        return self.answer_in(question, language, language)

    def answer_in(self, question: str, language: str, shown_in: str) -> Answer:
        """The answer to a question in `language`, shown in another."""
        query = distil(question, language)
        if self._model is not None:
            query = distil_with(self._model, query)
        sentences = read(self._search, query, self._model)
        medicines = medicines_of(query.text, language, query.terms.drugs)
        known = _against(sentences, medicines, shown_in)
        if not sentences and not known:
            return Answer("unknown", question, shown_in, text_of("unknown", shown_in), route=self.name)
        quotes = tuple(quoted(sentence, shown_in, self._translator) for sentence in sentences)
        opposed = contradictions(sentences, self._search, query)
        cautions = _cautions(sentences, known, medicines, has_opposed=bool(opposed))
        return Answer(
            "answer",
            question,
            shown_in,
            text_of("ask-also", shown_in),
            quotes=quotes,
            interactions=known,
            cautions=tuple(text_of(name, shown_in) for name in cautions),
            warnings=_told(opposed),
            route=self.name,
        )


def _against(sentences: Sequence[Sentence], medicines: frozenset[str], language: str) -> tuple[Interaction, ...]:
    """What the tables have against the medicines, where no sentence forbids the two; where sentences speak of them
    otherwise, only what is grave.
    """
    told = [(named_together(one.text, one.passage.document, medicines), one.stance.forbids) for one in sentences]
    forbidden = [names for names, forbids in told if forbids]
    return tuple(
        found
        for found in interactions(medicines, language)
        if (found.severity == "major" or not told) and not any(set(found.names) <= names for names in forbidden)
    )


def _cautions(
    sentences: Sequence[Sentence], known: Sequence[Interaction], medicines: frozenset[str], *, has_opposed: bool
) -> list[str]:
    """Which fixed words come before the sentences."""
    named = [(named_together(one.text, one.passage.document, medicines), one.stance) for one in sentences]
    grave = [set(found.names) for found in known if found.severity == "major"]
    outweighed = any(stance.permits and names >= pair for names, stance in named for pair in grave)
    found = ["contradiction"] if has_opposed or outweighed else []
    if grave:
        found.append("not-together")
    spoken_of = [*(names for names, _ in named), *(frozenset(one.names) for one in known)]
    is_told = all(any(pair <= names for names in spoken_of) for pair in pairs_of(medicines))
    return found if is_told or not any(spoken_of) else [*found, "not-all"]


def _told(opposed: Sequence[tuple[Sentence, Sentence]]) -> tuple[str, ...]:
    """For the clinician: which documents contradict each other."""
    titles = {tuple(sorted(one.passage.document.title for one in pair)) for pair in opposed}
    return tuple(f"documents contradict each other: {' / '.join(pair)}" for pair in sorted(titles))


class PivotRoute:
    """Through English: the question is translated, checked by the guard, answered, and the answer translated back.

    Where the guard finds that the question changed, there is no answer.
    """

    name = "pivot"

    def __init__(self, search: Search, translator: Translator, *, model: DialogueModel | None = None) -> None:
        self._direct = DirectRoute(search, translator=translator, model=model)
        self._translator = translator

    def supports(self, language: str) -> bool:
        """Whether questions in `language` can go this way."""
        return same_language(language, PIVOT) or self._translator.supports(language, PIVOT)

    def answer(self, question: str, language: str) -> Answer:
        """See `Route`."""
        if same_language(language, PIVOT):
            return replace(self._direct.answer(question, language), route=self.name)
        asked, doubt = checked(question, language, PIVOT, self._translator)
        unknown = Answer("unknown", question, language, text_of("unknown", language), route=self.name)
        if doubt:
            return replace(unknown, warnings=(f"the question could not be put into English reliably: {doubt}",))
        if bound := boundary_of(asked, PIVOT):
            return replace(unknown, kind="boundary", message=text_of(bound, language), reason=bound)
        made = self._direct.answer_in(asked, PIVOT, language)
        return replace(made, question=question, route=self.name)


class Both:
    """Both ways. Shown is the direct answer, or else the other; the clinician hears where they differ."""

    name = "both"

    def __init__(self, direct: Route, pivot: Route) -> None:
        self._direct, self._pivot = direct, pivot

    def answer(self, question: str, language: str) -> Answer:
        """See `Route`."""
        one, other = self._direct.answer(question, language), self._pivot.answer(question, language)
        shown = other if one.kind == "unknown" or other.kind == "boundary" else one
        warnings = (*one.warnings, *other.warnings, *disagreements(one, other))
        return replace(shown, warnings=tuple(dict.fromkeys(warnings)), route=self.name)


def disagreements(one: Answer, other: Answer) -> tuple[str, ...]:
    """What two answers to one question say differently: whether at all, out of what, and which critical items."""
    if one.kind != other.kind:
        return (f"the routes disagree: {one.route} gives '{one.kind}', {other.route} gives '{other.kind}'",)
    found = []
    documents = [{quote.citation.title for quote in answer.quotes} for answer in (one, other)]
    if documents[0].isdisjoint(documents[1]) and any(documents):
        cited = [", ".join(sorted(titles)) for titles in documents]
        found.append(f"the routes cite different documents: {one.route}: {cited[0]}; {other.route}: {cited[1]}")
    items = [_critical(answer.quotes) for answer in (one, other)]
    if lost := sorted(items[0] ^ items[1], key=lambda item: (_COMPARED.index(item[0]), item[1])):
        listed = ", ".join(f"{kind} {value}" for kind, value in lost[:6])
        found.append(f"only one route's sentences say: {listed}")
    return tuple(found)


def _critical(quotes: Sequence[Quote]) -> set[tuple[str, str]]:
    return {
        (item.kind, item.value)
        for quote in quotes
        if primary(quote.language) in LANGUAGES
        for item in extract(quote.text, quote.language)
        if item.kind in _COMPARED
    }


def quoted(sentence: Sentence, language: str, translator: Translator | None) -> Quote:
    """A sentence with its citation, in the asker's language where that can be done without a doubt."""
    passage, text = sentence.passage, sentence.text
    document = passage.document
    citation = Citation(
        document.id, document.title, document.source, passage.id, sentence.start, sentence.end, passage.page
    )
    if same_language(document.language, language):
        return Quote(text, document.language, citation, text)
    shown, doubt = checked(text, document.language, language, translator)
    return Quote(text, document.language, citation, text if doubt else shown, doubt)


def checked(text: str, source: str, target: str, translator: Translator | None) -> tuple[str, str]:
    """A translation, and why not to rely on it: "" where the guard and the translator find nothing."""
    if translator is None or not translator.supports(source, target):
        return "", f"no translator from '{source}' to '{target}'"
    if not {primary(source), primary(target)} <= set(LANGUAGES):
        return "", f"the guard cannot compare '{source}' with '{target}'"
    try:
        made = translator.translate(text, source=source, target=target)
    except (BackendFailed, UnsupportedLanguage) as error:
        return "", str(error)
    held = compare_texts(text, made.text, source=source, target=target).held
    if not made.text.strip():
        return "", "the translation is empty"
    if held:
        return made.text, "; ".join(verdict.message for verdict in held)
    return made.text, "; ".join(made.doubts)
