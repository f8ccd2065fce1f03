"""The knowledge store: whole documents or none, exact places, and files that outlive versions."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.knowledge import LetterEmbedder, source
from voicedoc.converse.knowledge import terms
from voicedoc.converse.knowledge.database import shipped_schema
from voicedoc.converse.knowledge.passages import MOST_WORDS, cut, sentence_places
from voicedoc.converse.knowledge.starter import digest, sheets, with_sheets
from voicedoc.converse.knowledge.store import FILE, KnowledgeStore
from voicedoc.errors import ConfigError, StoreError

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
TEXT = "# Zinc\n\nZinc is a metal. Take it with food.\n\n## Warnings\n\nDo not take zinc with doxycycline.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KnowledgeStore]:
    with KnowledgeStore(tmp_path) as made:
        yield made


def test_a_document_is_kept_with_its_passages_at_their_places(store: KnowledgeStore) -> None:
    document, became = store.add(source(TEXT))
    assert became == "added"
    assert store.text(document.id) == TEXT
    passages = store.passages_of(document.id)
    assert [passage.text for passage in passages] == [TEXT[p.start : p.end] for p in passages]
    assert len(passages) == document.n_passages == 2


def test_the_same_document_twice_is_one(store: KnowledgeStore) -> None:
    first, _ = store.add(source(TEXT))
    again, became = store.add(source(TEXT))
    elsewhere, became_elsewhere = store.add(source(TEXT, name="copy.txt"))
    assert (became, became_elsewhere) == ("unchanged", "unchanged")
    assert first == again == elsewhere
    assert len(store.documents()) == 1


def test_a_changed_document_replaces_what_it_was(store: KnowledgeStore) -> None:
    store.add(source(TEXT))
    changed, became = store.add(source(TEXT.replace("doxycycline", "tetracycline")))
    assert became == "replaced"
    assert [document.id for document in store.documents()] == [changed.id]
    assert not store.by_words(["drug_doxycycline"], 5)
    assert store.by_words(["drug_tetracycline"], 5)


def test_a_removed_document_is_found_no_more_and_its_number_never_used_again(store: KnowledgeStore) -> None:
    document, _ = store.add(source(TEXT))
    store.embed_missing(LetterEmbedder())
    store.remove(document.id)
    assert store.by_words(["zinc"], 5) == []
    assert store.vectors("letters")[0] == []
    other, _ = store.add(source("Copper is a metal."))
    assert other.id > document.id
    with pytest.raises(ConfigError, match="no document"):
        store.document(document.id)


def test_a_document_that_fails_half_way_leaves_nothing_and_what_was_there_stays(store: KnowledgeStore) -> None:
    before, _ = store.add(source(TEXT))
    broken = replace(source(TEXT + "More."), passages=((0, 6), (7, "x")))  # type: ignore[arg-type]
    with pytest.raises((TypeError, sqlite3.Error)):
        store.add(broken)
    assert store.documents() == [before]
    assert store.by_words(["zinc"], 5)


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("怀孕期间不要服用布洛芬。", "zh", "布洛芬"),
        ("गर्भावस्था में आइबुप्रोफेन न लें।", "hi", "गर्भावस्था"),
        ("لا تتناول الإيبوبروفين أثناء الحمل.", "ar", "الحمل"),
        ("Не принимайте ибупрофен при беременности.", "ru", "беременности"),
    ],
)
def test_languages_are_found_whether_they_write_spaces_or_not(
    store: KnowledgeStore, text: str, language: str, word: str
) -> None:
    document, _ = store.add(source(text, language=language))
    asked = terms.terms_of(word, language)
    found = store.by_words(asked.words, 5)
    assert [store.passages([number])[0].document for number, _ in found] == [document]
    assert store.by_words(["drug_ibuprofen"], 5)
    assert store.by_words(["topic_pregnancy"], 5)


def test_quotes_and_operators_in_a_question_are_words_like_others(store: KnowledgeStore) -> None:
    store.add(source(TEXT))
    assert store.by_words(['"', 'zinc" OR "', "NEAR(", "*"], 5) == []
    assert store.by_words(terms.terms_of('zinc" AND NOT (metal*', "en").words, 5)


def test_vectors_are_made_once_and_kept(tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    with KnowledgeStore(tmp_path) as store:
        store.add(source(TEXT))
        assert store.embed_missing(embedder) == 2
    with KnowledgeStore(tmp_path) as store:
        assert store.embed_missing(embedder) == 0
        numbers, vectors = store.vectors("letters")
        assert vectors.shape == (2, 256)
        assert store.vectors("another model")[0] == []
        assert [p.id for p in store.passages(numbers)] == numbers
    assert embedder.n_embedded == 2


def test_a_store_of_the_first_version_is_brought_up_to_date_with_all_its_documents(tmp_path: Path) -> None:
    first = shipped_schema()[:1]
    with KnowledgeStore(tmp_path, schema=first) as store:
        store.add(source(TEXT))
    newer = (*first, "ALTER TABLE documents ADD COLUMN shelf TEXT NOT NULL DEFAULT '';")
    with KnowledgeStore(tmp_path, schema=newer) as store:
        assert [document.title for document in store.documents()] == ["Note"]
        assert store.by_words(["zinc"], 5)
    with pytest.raises(StoreError, match="newer VoiceDoc"):
        KnowledgeStore(tmp_path, schema=first)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    first = shipped_schema()[:1]
    with KnowledgeStore(tmp_path, schema=first) as store:
        store.add(source(TEXT))
    with pytest.raises(sqlite3.OperationalError):
        KnowledgeStore(tmp_path, schema=(*first, "CREATE TABLE new (a);\nALTER TABLE nothing ADD COLUMN b;"))
    with KnowledgeStore(tmp_path, schema=first) as store:
        assert len(store.documents()) == 1


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, but quite long enough to be looked at" * 20)
    with pytest.raises(StoreError) as refused:
        KnowledgeStore(tmp_path)
    assert refused.value.remedy
    other = tmp_path / "other"
    other.mkdir()
    with sqlite3.connect(other / FILE) as connection:
        connection.execute("CREATE TABLE somebody_elses (a)")
    connection.close()
    with pytest.raises(StoreError, match="not a knowledge store"):
        KnowledgeStore(other)


def test_words_are_cut_anew_after_a_version_that_cuts_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with KnowledgeStore(tmp_path) as store:
        store.add(source(TEXT))
    monkeypatch.setattr(terms, "version", lambda: "next")
    monkeypatch.setattr(terms, "_STEM", 3)
    with KnowledgeStore(tmp_path) as store:
        assert store.by_words(["zin"], 5)
        assert not store.by_words(["zinc"], 5)


def test_a_removed_sheet_comes_back_only_when_asked_for(store: KnowledgeStore) -> None:
    with_sheets(store)
    sheet = store.documents()[0]
    store.remove(sheet.id)
    store.sync_sheets(sheets(), "another digest")
    assert sheet.source not in [document.source for document in store.documents()]
    with_sheets(store, again=True)
    assert sheet.source in [document.source for document in store.documents()]


def test_a_sheet_that_changed_or_went_is_brought_up_to_date_and_the_users_documents_stay(
    store: KnowledgeStore,
) -> None:
    mine, _ = store.add(source(TEXT))
    all_sheets = sheets()
    store.sync_sheets(all_sheets, digest(all_sheets))
    changed = replace(all_sheets[0], text="Something else.\n", sha256="0" * 64)
    store.sync_sheets([changed, *all_sheets[2:]], "next")
    there = {document.source: document for document in store.documents()}
    assert store.text(there[changed.source].id) == "Something else.\n"
    assert all_sheets[1].source not in there
    assert there[mine.source] == mine


@given(st.text(alphabet="ab .。!?\n#-é药物\t", max_size=400), st.lists(st.integers(0, 400), max_size=4))
@settings(max_examples=200, deadline=None)
def test_passages_are_exact_in_order_and_hold_every_word_once(text: str, pages: list[int]) -> None:
    begins = tuple(sorted({page for page in pages if page < len(text)}))
    places = cut(text, begins)
    joined = "".join(text[start:end] for start, end in places)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in places)


@given(st.text(alphabet="ab .。!?\n#é药", max_size=300))
@settings(max_examples=100, deadline=None)
def test_sentences_are_exact_and_in_order(text: str) -> None:
    places = list(sentence_places(text, 0, len(text)))
    assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in places)
    assert places == sorted(places)


def test_long_paragraphs_are_cut_at_sentences_and_endless_sentences_at_words() -> None:
    sentence = "Take the tablets with a glass of water every morning. "
    long = sentence * 60
    places = cut(long)
    assert all(long[start:end].endswith(".") for start, end in places)
    assert max(len(long[start:end].split()) for start, end in places) <= MOST_WORDS
    endless = "word " * 500
    assert [len(endless[start:end].split()) for start, end in cut(endless)] == [MOST_WORDS, MOST_WORDS, 140]


def test_a_heading_and_a_page_begin_a_passage() -> None:
    text = "One.\n\n# Two\n\nThree.\n\nFour."
    assert [text[start:end] for start, end in cut(text)] == ["One.", "# Two\n\nThree.\n\nFour."]
    assert [text[start:end] for start, end in cut(text, (text.index("Four"),))][-1] == "Four."


def test_a_process_that_dies_while_it_adds_leaves_no_part_of_a_document(tmp_path: Path) -> None:
    with KnowledgeStore(tmp_path) as store:
        before, _ = store.add(source(TEXT))
    dying = f"""
import os
from pathlib import Path
from tests.helpers.knowledge import source
from voicedoc.converse.knowledge import store
made = store.KnowledgeStore(Path({str(tmp_path)!r}))
cut, count = store.terms_of, []
def dies(*arguments):
    count.append(1)
    if len(count) > 5:
        os._exit(7)
    return cut(*arguments)
store.terms_of = dies
made.add(source("# A\\n\\nOne.\\n\\n" * 9, name="long.txt"))
"""
    assert subprocess.run([sys.executable, "-c", dying], cwd=ROOT, check=False).returncode == 7
    with KnowledgeStore(tmp_path) as store:
        assert store.documents() == [before]
        assert not store.by_words(["one"], 5)
        assert store.add(source("# A\n\nOne.", name="long.txt"))[1] == "added"


def test_how_far_reading_is_and_what_has_no_vector_is_told(tmp_path: Path) -> None:
    with KnowledgeStore(tmp_path) as store:
        told: list[tuple[int, int]] = []
        store.add(
            source("\n\n".join(f"# Part {n}\n\nZincophane is part {n}." for n in range(5))), lambda *at: told.append(at)
        )
        assert told == [(n, 5) for n in range(5)]
        embedder = LetterEmbedder()
        assert store.n_without_vectors(embedder.name) == 5
        store.embed_missing(embedder)
        assert store.n_without_vectors(embedder.name) == 0
