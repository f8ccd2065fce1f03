"""Scores of written-down conversations: words, who said them, in which role and which language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role
from voicedoc.evaluate.alignment import Tally, Unit, align, blocks, spread, tally, units
from voicedoc.evaluate.rows import Row, Said
from voicedoc.evaluate.scores import Counts, Scorer, ratio, share, whole
from voicedoc.registry import missing_package

Streams: TypeAlias = Mapping[str, Sequence[Unit]]
"""What each speaker said."""


def stream_errors(row: Row) -> Tally:
    """Errors of all words in order of time, whoever said them."""
    return tally(units(row.truth.said), _found(row), len(row.truth.said))


def cp_errors(row: Row) -> Tally:
    """Errors of each speaker's words, concatenated, under the assignment of speakers with the fewest in all (cpWER).

    Words of a speaker too many are inserted, words of one who was not found are deleted.
    Source: Watanabe et al. 2020, https://arxiv.org/abs/2004.09249; speakers are assigned by meeteval.
    """
    return _cp(row, _by_speaker(_found(row)))


def one_speaker_errors(row: Row) -> Tally:
    """The same if one speaker had said all that was found: the baseline of finding no speakers at all."""
    found = _found(row)
    return _cp(row, {"all": found} if found else {})


def _cp(row: Row, found: Streams) -> Tally:
    truth = _by_speaker(units(row.truth.said))
    pairs: Sequence[tuple[str | None, str | None]] = [(speaker, None) for speaker in truth]
    if found and truth:
        pairs = _meeteval().cp_word_error_rate(_texts(truth), _texts(found), **_AS_GIVEN).assignment
    return _sum(row, [(_of(truth, ours), _of(found, theirs)) for ours, theirs in pairs])


def orc_errors(row: Row) -> Tally:
    """Errors where each turn of the reference goes to the found speaker whom it fits best (ORC-WER).

    By meeteval's greedy assignment, since the exact one takes time in the product of all speakers' words: an upper
    bound, so that `speaker_errors` are a lower one.
    Source: Sklyar et al. 2022, https://arxiv.org/abs/2110.03151.
    """
    truth, found = units(row.truth.said), _by_speaker(_found(row))
    if not found or not truth:
        return tally(truth, [], len(row.truth.said))
    places = list(dict.fromkeys(unit.place for unit in truth))
    turns = [" ".join(unit.text for unit in truth if unit.place == place) for place in places]
    chosen = _meeteval().wer.orc.greedy_orc_word_error_rate(turns, _texts(found), **_AS_GIVEN).assignment
    speaker_at = dict(zip(places, chosen, strict=True))
    return _sum(
        row, [([unit for unit in truth if speaker_at[unit.place] == who], theirs) for who, theirs in found.items()]
    )


def tcp_errors(row: Row) -> Counts | None:
    """cpWER where words may only be the same that were said at about the same time (tcpWER), with a collar of 5 s.

    None where nobody knows when something was said. Source: von Neumann et al. 2023, https://arxiv.org/abs/2307.11394.
    """
    if not row.truth.said or any(said.span is None for said in (*row.truth.said, *row.found.said)):
        return None
    truth, found = _segments(row.truth.said), _segments(row.found.said)
    if not truth or not found:
        n_words, n_found = (sum(len(one["words"].split()) for one in said) for said in (truth, found))
        return (float(max(n_words, n_found)), float(n_words))
    package = _meeteval()
    from meeteval.io import SegLST

    told = (SegLST(truth), SegLST(found))
    errors = package.time_constrained_minimum_permutation_word_error_rate(*told, collar=COLLAR)
    return (float(errors.errors), float(errors.length))


def _segments(said: Sequence[Said]) -> list[dict[str, Any]]:
    texts: dict[int, list[str]] = {}
    for unit in units(said):
        texts.setdefault(unit.place, []).append(unit.text)
    spans = {place: part.span for place, part in enumerate(said)}
    return [
        {"session_id": "", "speaker": said[place].speaker, "words": " ".join(words)}
        | {"start_time": span.start, "end_time": span.end}
        for place, words in texts.items()
        if (span := spans[place])
    ]


COLLAR = 5
"""Seconds, as in CHiME-7: how far off a word may be in time."""


def speaker_errors(row: Row) -> Tally:
    """Words that are wrong because of who is said to have said them: cpWER less ORC-WER.

    ORC-WER moves whole turns only: a word at a turn's edge that went to the other speaker is wrong in both.
    """
    table = cp_errors(row)
    table[:, 0] -= orc_errors(row)[:, 0]
    return table


_AS_GIVEN: dict[str, Any] = {"reference_sort": False, "hypothesis_sort": False}
"""Parts come in order of time; meeteval need not sort them."""


def _meeteval() -> Any:
    try:
        import meeteval.wer
        import meeteval.wer.wer.orc
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    return meeteval.wer


def _found(row: Row) -> list[Unit]:
    return spread(units(row.found.said), len(row.found.said), len(row.truth.said))


def _by_speaker(said: Sequence[Unit]) -> dict[str, list[Unit]]:
    streams: dict[str, list[Unit]] = {}
    for unit in said:
        streams.setdefault(unit.speaker, []).append(unit)
    return streams


def _texts(streams: Streams) -> dict[str, str]:
    return {speaker: " ".join(unit.text for unit in stream) for speaker, stream in streams.items()}


def _of(streams: Streams, speaker: str | None) -> Sequence[Unit]:
    return [] if speaker is None else streams[speaker]


def _sum(row: Row, pairs: Sequence[tuple[Sequence[Unit], Sequence[Unit]]]) -> Tally:
    total = np.zeros((len(row.truth.said), 2))
    for ours, theirs in pairs:
        total += tally(ours, theirs, len(total))
    return total


def right_roles(row: Row) -> Tally:
    """Words of the reference whose word in the hypothesis has the right role, of all that have one.

    Words are aligned in order of time, whoever said them; a substituted word counts as one in the hypothesis, a deleted
    one does not (`wer-stream` counts those). A role that nobody knew is wrong.
    """
    return _roles(row, lambda unit: unit.role)


def doctor_everywhere(row: Row) -> Tally:
    """The same if the doctor had said everything: the baseline."""
    return _roles(row, lambda _: Role.DOCTOR.value)


def _roles(row: Row, role_of: Callable[[Unit], str]) -> Tally:
    truth, found = units(row.truth.said), _found(row)
    table = np.zeros((len(row.truth.said), 2))
    for pair in align([unit.text for unit in truth], [unit.text for unit in found]):
        if pair.reference is not None and pair.hypothesis is not None:
            unit = truth[pair.reference]
            table[unit.place] += (role_of(found[pair.hypothesis]) == unit.role, 1)
    return table


def right_languages(row: Row) -> Tally:
    """Parts of the hypothesis in the language that is spoken there, of all that have words.

    What is spoken is what overlaps a part longest; where the reference has one language, times do not matter. Parts
    where nobody speaks do not count.
    """
    judged = [(part, _spoken(part, row.truth.said)) for part in row.found.said if part.text]
    return np.array(
        [(same_language(part.language, spoken), 1) for part, spoken in judged if spoken], dtype=np.float64
    ).reshape(-1, 2)


def _spoken(part: Said, truth: Sequence[Said]) -> str:
    """The language that is spoken in `part`; "" where nobody speaks."""
    if len({said.language for said in truth}) == 1:
        return truth[0].language
    overlaps = [(part.span.overlap(said.span), said.language) for said in truth if part.span and said.span]
    longest, language = max(overlaps, default=(0.0, ""))
    return language if longest > 0.0 else ""


def n_speakers(said: Sequence[Said]) -> int:
    """Speakers with words; those of whom nobody knows who they are count as one."""
    return len({part.speaker for part in said if part.text})


def _number_right(row: Row) -> Counts:
    return (float(n_speakers(row.found.said) == n_speakers(row.truth.said)), 1.0)


def _number_off(row: Row) -> Counts:
    return (float(abs(n_speakers(row.found.said) - n_speakers(row.truth.said))), 1.0)


def _by_place(count: Callable[[Row], Tally]) -> Callable[[Row], Sequence[Counts]]:
    """The `blocks` of a measure that is counted by place; none where nobody knows what was said."""
    return lambda row: blocks(count(row)) if row.truth.said else []


CONVERSATION_SCORERS = (
    Scorer("wer-stream", "word error rate, whoever spoke", True, _by_place(stream_errors), share),
    Scorer("cpwer", "word error rate with speakers (cpWER)", True, _by_place(cp_errors), share),
    Scorer("cpwer-one", "cpWER if one speaker had said everything", True, _by_place(one_speaker_errors), share),
    Scorer("tcpwer", "word error rate with speakers and times (tcpWER)", True, whole(tcp_errors), share),
    Scorer("orcwer", "word error rate, speakers forgiven (ORC-WER, greedy)", True, _by_place(orc_errors), share),
    Scorer("speaker-error", "words of the wrong speaker (cpWER - ORC-WER)", True, _by_place(speaker_errors), share),
    Scorer("roles", "words in the right role", False, _by_place(right_roles), share),
    Scorer("roles-doctor", "the same if the doctor had said everything", False, _by_place(doctor_everywhere), share),
    Scorer("languages", "parts in the right language", False, _by_place(right_languages), share),
    Scorer("speakers-right", "recordings with the right number of speakers", False, whole(_number_right), share),
    Scorer("speakers-off", "speakers too many or too few", True, whole(_number_off), ratio, "speakers"),
)
"""Measures of who said what. Characters count instead of words where writing does not part words."""
