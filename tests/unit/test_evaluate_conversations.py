"""Who said what: scores of conversations, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.time import Span
from voicedoc.evaluate.alignment import BLOCK, align, blocks
from voicedoc.evaluate.rows import Account, Row, Said
from voicedoc.evaluate.scorers import SCORERS

pytestmark = pytest.mark.unit

VISIT = [
    ("doctor", "where does it hurt"),
    ("patient", "in my left knee"),
    ("doctor", "since when"),
    ("patient", "since monday evening"),
]
N_WORDS = 13


def told(said: list[tuple[str, str]], language: str = "en", roles: dict[str, str] | None = None) -> tuple[Said, ...]:
    """Parts one second long, one after another; without `roles` a speaker's label is the role."""
    return tuple(
        Said(who, language, text, who if roles is None else roles.get(who, "unknown"), Span(float(at), at + 1.0))
        for at, (who, text) in enumerate(said)
    )


def row(truth: tuple[Said, ...], found: tuple[Said, ...]) -> Row:
    return Row("1", "s", "1", "en", "", "", truth=Account(truth), found=Account(found), duration=float(len(truth)))


def counts(scorer: str, truth: tuple[Said, ...], found: tuple[Said, ...]) -> tuple[float, ...] | None:
    return SCORERS[scorer].count(row(truth, found))


def relabelled(names: dict[str, str]) -> tuple[Said, ...]:
    return told([(names[who], text) for who, text in VISIT])


def test_names_of_speakers_do_not_matter_to_cpwer_nor_do_swapped_ones():
    for names in ({"doctor": "S1", "patient": "S2"}, {"doctor": "patient", "patient": "doctor"}):
        for scorer in ("wer-stream", "cpwer", "orcwer", "speaker-error"):
            assert counts(scorer, told(VISIT), relabelled(names)) == (0, N_WORDS), scorer


def test_a_turn_of_the_wrong_speaker_costs_its_words_twice_in_cpwer_and_nothing_in_orcwer():
    found = list(VISIT)
    found[2] = ("patient", found[2][1])  # "since when": two words missing here, two too many there
    assert counts("wer-stream", told(VISIT), told(found)) == (0, N_WORDS)
    assert counts("cpwer", told(VISIT), told(found)) == (4, N_WORDS)
    assert counts("orcwer", told(VISIT), told(found)) == (0, N_WORDS)
    assert counts("speaker-error", told(VISIT), told(found)) == (4, N_WORDS)


def test_words_heard_wrong_are_no_speaker_errors():
    found = [(who, text.replace("knee", "sea")) for who, text in VISIT]
    assert counts("wer-stream", told(VISIT), told(found)) == (1, N_WORDS)
    assert counts("cpwer", told(VISIT), told(found)) == (1, N_WORDS)
    assert counts("speaker-error", told(VISIT), told(found)) == (0, N_WORDS)


def test_one_speaker_for_everything_loses_all_words_of_the_shorter_one():
    alone = relabelled({"doctor": "S1", "patient": "S1"})
    # 7 words of the patient's match; the doctor's 6 are deleted there, and 6 too many are found.
    assert counts("cpwer", told(VISIT), alone) == (12, N_WORDS)
    assert counts("cpwer-one", told(VISIT), relabelled({"doctor": "S1", "patient": "S2"})) == (12, N_WORDS)
    assert counts("orcwer", told(VISIT), alone) == (0, N_WORDS)


def test_a_speaker_too_many_has_inserted_words():
    found = [*VISIT, ("S3", "thank you")]
    assert counts("cpwer", told(VISIT), told(found)) == (2, N_WORDS)
    assert counts("speakers-off", told(VISIT), told(found)) == (1, 1)
    assert counts("speakers-right", told(VISIT), told(found)) == (0, 1)


def test_words_of_nobody_known_count_as_those_of_one_more_speaker():
    found = [("", text) if "monday" in text else (who, text) for who, text in VISIT]
    assert counts("cpwer", told(VISIT), told(found)) == (6, N_WORDS)
    assert counts("speakers-off", told(VISIT), told(found)) == (1, 1)


def test_nothing_found_means_every_word_is_lost_and_no_role_is_judged():
    for scorer in ("wer-stream", "cpwer", "cpwer-one", "orcwer"):
        assert counts(scorer, told(VISIT), ()) == (N_WORDS, N_WORDS), scorer
    assert counts("speaker-error", told(VISIT), ()) == (0, N_WORDS)
    assert counts("roles", told(VISIT), ()) == (0, 0)
    assert counts("languages", told(VISIT), ()) is None
    assert counts("speakers-off", told(VISIT), ()) == (2, 1)


def test_a_reference_of_nothing_but_noises_is_no_error_in_itself():
    assert counts("cpwer", told([("doctor", "um, uh")]), ()) == (0, 0)
    assert counts("orcwer", told([("doctor", "um")]), told([("S1", "well")])) == (0, 0)
    assert counts("wer-stream", told([("doctor", "um")]), told([("S1", "well")])) == (1, 0)


def test_where_nothing_is_known_of_what_was_said_nothing_is_scored():
    for scorer in ("wer-stream", "cpwer", "orcwer", "roles", "languages"):
        assert counts(scorer, (), told(VISIT)) is None


def test_roles_are_judged_by_word_and_not_by_label():
    right = told([("S1" if who == "doctor" else "S2", text) for who, text in VISIT], roles=roles(S1="doctor"))
    assert counts("roles", told(VISIT), right) == (6, N_WORDS)
    right = told([("S1" if who == "doctor" else "S2", text) for who, text in VISIT], roles=roles("doctor", "patient"))
    assert counts("roles", told(VISIT), right) == (N_WORDS, N_WORDS)
    assert counts("roles", told(VISIT), relabelled({"doctor": "patient", "patient": "doctor"})) == (0, N_WORDS)


def roles(S1: str, S2: str = "unknown") -> dict[str, str]:  # noqa: N803  # speakers' labels
    return {"S1": S1, "S2": S2}


def test_the_doctor_everywhere_is_right_for_the_doctors_words():
    assert counts("roles-doctor", told(VISIT), told(VISIT)) == (6, N_WORDS)


def test_a_word_that_was_not_heard_has_no_role_and_one_heard_wrong_has():
    found = told([("doctor", "where hurts"), *VISIT[1:]])  # of four words, one right, one wrong, two lost
    assert counts("roles", told(VISIT), found) == (11, 11)


def test_cutting_turns_differently_changes_nothing():
    halves = [(who, part) for who, text in VISIT for part in (text[: text.index(" ")], text[text.index(" ") + 1 :])]
    for scorer in ("wer-stream", "cpwer", "orcwer"):
        assert counts(scorer, told(VISIT), told(halves)) == (0, N_WORDS), scorer


def test_each_language_is_normalised_by_its_own_rules_and_counted_in_its_own_units():
    truth = (Said("doctor", "en", "Twenty-five milligrams."), Said("patient", "zh", "两天了。"))
    found = (Said("S1", "en", "25 milligrams"), Said("S2", "zh", "两天"))
    assert counts("cpwer", truth, found) == (1, 5)  # 25, milligrams, and three characters


def test_the_language_of_a_part_is_that_of_what_it_overlaps_longest():
    truth = (
        Said("doctor", "en", "good morning", span=Span(0.0, 2.0)),
        Said("patient", "pt", "bom dia", span=Span(2.5, 4.0)),
    )
    found = (
        Said("S1", "en", "good morning", span=Span(0.0, 2.1)),
        Said("S2", "en", "bomb dear", span=Span(1.8, 3.9)),
        Said("S2", "pt", "sim", span=Span(8.0, 9.0)),  # nobody speaks there
    )
    assert counts("languages", truth, found) == (1, 2)


def test_in_one_language_times_are_not_needed():
    truth = (Said("doctor", "en", "a"), Said("patient", "en", "b"))
    assert counts("languages", truth, told([("S1", "a"), ("S2", "b")], "en-GB")) == (2, 2)
    assert counts("languages", truth, told([("S1", "a"), ("S2", "b")], "pt")) == (0, 2)


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8)


@given(WORDS, WORDS)
def test_an_alignment_holds_every_word_once_and_has_the_fewest_errors(ours: list[str], theirs: list[str]):
    pairs = align(ours, theirs)
    assert [p.reference for p in pairs if p.reference is not None] == list(range(len(ours)))
    assert [p.hypothesis for p in pairs if p.hypothesis is not None] == list(range(len(theirs)))
    assert sum(p.is_error for p in pairs) == distance(ours, theirs)
    for pair in pairs:
        if pair.reference is not None and pair.hypothesis is not None:
            assert pair.is_error == (ours[pair.reference] != theirs[pair.hypothesis])


def distance(ours: list[str], theirs: list[str]) -> int:
    best = list(range(len(theirs) + 1))
    for row_at, one in enumerate(ours, start=1):
        before, best[0] = best[0], row_at
        for at, other in enumerate(theirs, start=1):
            before, best[at] = best[at], min(before + (one != other), best[at] + 1, best[at - 1] + 1)
    return best[-1]


TURNS = st.lists(st.tuples(st.sampled_from(["x", "y", "z"]), WORDS.map(" ".join)), min_size=1, max_size=6)


@given(TURNS, TURNS)
def test_counts_add_up_to_meetevals_own_figures(truth: list[tuple[str, str]], found: list[tuple[str, str]]):
    from meeteval.wer import cp_word_error_rate

    wanted, heard = streams(truth), streams(found)
    cp, orc = counts("cpwer", told(truth), told(found)), counts("orcwer", told(truth), told(found))
    assert cp is not None and orc is not None
    if wanted and heard:
        published = cp_word_error_rate(wanted, heard, reference_sort=False, hypothesis_sort=False)
        assert cp == (published.errors, published.length)
    one = counts("cpwer-one", told(truth), told(found))
    assert one is not None and one[1] == cp[1] == orc[1]


def streams(said: list[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, list[str]] = {}
    for who, text in said:
        if text:
            joined.setdefault(who, []).append(text)
    return {who: " ".join(texts) for who, texts in joined.items()}


@given(st.integers(1, 64))
def test_blocks_hold_everything_once_and_none_is_shorter_than_half(n_places: int):
    table = np.arange(2.0 * n_places).reshape(-1, 2)
    made = blocks(table)
    assert np.sum(made, axis=0).tolist() == table.sum(axis=0).tolist()
    assert len(made) == max(1, (n_places + BLOCK - BLOCK // 2 - 1) // BLOCK)


def test_one_recording_of_many_turns_has_a_block_for_each_ten():
    long = VISIT * 6
    assert len(SCORERS["cpwer"].blocks(row(told(long), told(long)))) == 2


def test_words_said_at_another_time_are_others_in_tcpwer():
    moved = tuple(
        Said(said.speaker, said.language, said.text, said.role, Span(said.span.start + 60.0, said.span.end + 60.0))
        for said in told(VISIT)
        if said.span
    )
    assert counts("tcpwer", told(VISIT), relabelled({"doctor": "S1", "patient": "S2"})) == (0, N_WORDS)
    assert counts("cpwer", told(VISIT), moved) == (0, N_WORDS)
    assert counts("tcpwer", told(VISIT), moved) == (2 * N_WORDS, N_WORDS)  # all missing, and as many too many
    assert counts("tcpwer", told(VISIT), ()) == (N_WORDS, N_WORDS)
    assert counts("tcpwer", told(VISIT), (Said("S1", "en", "hello"),)) is None  # nobody knows when
    found = [(who, text.replace("knee", "sea")) for who, text in VISIT]
    assert counts("tcpwer", told(VISIT), told(found)) == (1, N_WORDS)
