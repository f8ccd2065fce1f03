"""Recognition without a model: what is read again, what is discarded, where words are, which language it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.utterances import outcomes, utterance
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import NothingHeard, StageFailed, TranscriptFinal, Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed, ConfigError, ModelError, UnsupportedLanguage
from voicedoc.recognize import whisper
from voicedoc.recognize.alignment import starts_of
from voicedoc.recognize.doubts import is_invented, is_repetitive, suspicion
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.recognize.languages import choose, follow, whisper_code
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.recognize.stage import Recognize
from voicedoc.recognize.whisper import FULL, Heard, Reading
from voicedoc.recognize.windows import LONGEST, PART_FROM, PART_TO, Window, parts, windows
from voicedoc.runtime.worker import InlineWorker

pytestmark = pytest.mark.unit

VISIT = ("en", "pt-BR")
KNOWN = frozenset({"en", "pt", "zh", "no", "he", "tl"})


def reading(text: str, *, log_probability: float = -0.2, no_speech: float = 0.0, cut: bool = False) -> Reading:
    return Reading(text, tuple(range(len(text.split()))), log_probability, no_speech, cut)


class ScriptedEngine:
    """A `WhisperEngine` that answers from a table by context; remembers which contexts it encoded."""

    codes = KNOWN
    shares: ClassVar[Mapping[str, float]] = {"en": 0.61, "pt": 0.2, "zh": 0.1}

    def __init__(self, short: Reading, full: Reading | None = None, forced: Reading | None = None) -> None:
        self._short, self._full, self._forced = short, full or short, forced or full or short
        self.contexts: list[float] = []

    def encode(self, window: Window, context: float) -> float:
        self.contexts.append(context)
        return context

    def part(self, encoding: float, start: float, end: float) -> float:
        return encoding

    def languages(self, encoding: float) -> Mapping[str, float]:
        return self.shares

    def read(self, encoding: float, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        if no_repeat:
            return self._forced
        return self._full if encoding == FULL else self._short

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        return [Heard(f" w{token}", token * 0.4, token * 0.4 + 0.5, 0.9) for token in tokens]


def read(engine: ScriptedEngine, seconds: float = 2.0, *, start: float = 0.0, short: bool = True) -> Hypothesis:
    silence = np.zeros(round(seconds * SPEECH_RATE), np.float32)
    return whisper.recognize(engine, utterance(silence, start=start), VISIT, short_context=short)


def test_other_readings_of_the_whole_utterance_come_along() -> None:
    said = reading(" Take fifteen.")._replace(others=(" Take fifty.", " Take fifth."))
    assert read(ScriptedEngine(said)).alternatives == ("Take fifty.", "Take fifth.")
    long = read(ScriptedEngine(said), 45.0).alternatives  # two windows
    assert long == ("Take fifty. Take fifteen.", "Take fifth. Take fifteen.", "Take fifteen. Take fifty.",
                    "Take fifteen. Take fifth.")  # fmt: skip
    assert read(ScriptedEngine(reading(" Take fifteen."))).alternatives == ()


def test_a_good_reading_is_made_once_in_a_short_context() -> None:
    engine = ScriptedEngine(reading(" No fever."))
    hypothesis = read(engine, 9.0)
    assert (hypothesis.text, hypothesis.doubts, hypothesis.discarded) == ("No fever.", (), "")
    assert engine.contexts == [12.0]


def test_full_context_is_used_where_it_is_asked_for() -> None:
    engine = ScriptedEngine(reading(" No fever."))
    read(engine, short=False)
    assert engine.contexts == [FULL]


@pytest.mark.parametrize(
    "loop", [reading(" No fever. No fever."), reading(" no" * 80, cut=True), reading(" Take two pills.", cut=True)]
)
def test_a_reading_that_loops_is_made_again_in_full_context(loop: Reading) -> None:
    engine = ScriptedEngine(loop, full=reading(" No fever."))
    hypothesis = read(engine)
    assert (hypothesis.text, hypothesis.doubts) == ("No fever.", ())
    assert engine.contexts[-1] == FULL


def test_a_reading_that_loops_in_full_context_too_is_forced_to_end_and_doubted() -> None:
    loop = reading(" no" * 80, cut=True)
    hypothesis = read(ScriptedEngine(loop, full=loop, forced=reading(" no no")))
    assert (hypothesis.text, hypothesis.doubts) == ("no no", ("repetition",))


def test_what_really_was_said_twice_is_kept() -> None:
    twice = reading(" No, no.")
    hypothesis = read(ScriptedEngine(twice, full=twice))
    assert (hypothesis.text, hypothesis.doubts) == ("No, no.", ("repetition",))


def test_words_invented_on_noise_are_discarded_and_told() -> None:
    hypothesis = read(ScriptedEngine(reading(" Thank you.", log_probability=-1.4, no_speech=0.8)))
    assert (hypothesis.text, hypothesis.words) == ("", ())
    assert (hypothesis.discarded, hypothesis.doubts) == ("Thank you.", ("no speech",))


def test_a_suspect_reading_is_kept_where_full_context_hears_speech() -> None:
    suspect = reading(" Nail.", log_probability=-1.4, no_speech=0.7)
    engine = ScriptedEngine(suspect, full=reading(" Now.", log_probability=-0.6, no_speech=0.3))
    assert read(engine).text == "Now."
    assert engine.contexts[-1] == FULL


def test_a_loop_on_noise_is_judged_by_the_reading_without_it() -> None:
    loop = reading(" you" * 80, log_probability=-0.1, no_speech=0.8, cut=True)
    invented = reading(" Bye.", log_probability=-1.6, no_speech=0.8)
    assert read(ScriptedEngine(loop, full=invented)).discarded == "Bye."
    assert read(ScriptedEngine(loop, full=loop, forced=invented)).discarded == "Bye."


def test_a_reading_without_a_letter_is_no_reading() -> None:
    assert read(ScriptedEngine(reading(" ..."))).text == ""


def test_an_unsure_reading_is_kept_and_doubted() -> None:
    assert "low confidence" in read(ScriptedEngine(reading(" Amlodipine", log_probability=-1.3))).doubts


def test_the_language_is_one_of_the_two_however_likely_a_third_is() -> None:
    engine = ScriptedEngine(reading(" Hello."))
    engine.shares = {"en": 0.06, "pt": 0.02, "zh": 0.9}
    hypothesis = read(engine)
    assert (hypothesis.language, hypothesis.language_confidence) == ("en", pytest.approx(0.75))
    assert hypothesis.doubts == ("another language: zh",)
    assert read(engine, 1.5).doubts == ()  # too short to say


@given(
    start=st.floats(0.0, 10_000.0),
    seconds=st.floats(0.05, 70.0),
    n_words=st.integers(0, 90),
)
def test_words_stand_one_after_another_inside_their_utterance(start: float, seconds: float, n_words: int) -> None:
    text = "".join(f" {n}x{n * n}y" for n in range(n_words)) or " a"
    hypothesis = read(ScriptedEngine(reading(text)), seconds, start=start)
    heard = utterance(np.zeros(round(seconds * SPEECH_RATE), np.float32), start=start)
    spans = [word.span for word in hypothesis.words]
    assert len(spans) == len(windows(heard.samples)) * len(text.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(heard.span.start <= span.start and span.end <= heard.span.end for span in spans)
    assert 0.0 <= hypothesis.confidence <= 1.0


def test_a_long_utterance_is_read_in_parts_and_joined() -> None:
    engine = ScriptedEngine(reading(" Yes."))
    assert read(engine, 65.0).text == "Yes. Yes. Yes."


class SkippingEngine(ScriptedEngine):
    """Reads a long window with a sentence left out, and shorter ones whole. `said` is what each of these says."""

    def __init__(self, said: str) -> None:
        super().__init__(reading(" Take it."))
        self._said = reading(said)

    def read(self, encoding: float, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        return self._short if encoding > 12.0 else self._said

    def align(self, encoding: float, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        if encoding > 12.0:
            return [Heard(" Take", 0.2, 0.5, 0.9), Heard(" it.", seconds - 0.5, seconds, 0.9)]
        return super().align(encoding, language, tokens, seconds)


def heard_by(engine: ScriptedEngine, samples: Samples) -> Hypothesis:
    return whisper.recognize(engine, utterance(samples), VISIT, short_context=True)


def test_speech_that_the_decoder_skipped_is_read_in_pieces() -> None:
    loud = as_samples((0.1 * np.random.default_rng(0).standard_normal(10 * SPEECH_RATE)).astype(np.float32))
    hypothesis = heard_by(SkippingEngine(" Not before meals."), loud)
    assert hypothesis.text.count("Not before meals.") >= 3
    assert "words may be missing" in hypothesis.doubts, "pieces are read less well"
    assert hypothesis.alternatives == ("Take it.",), "what was read first is not lost"
    starts = [word.span.start for word in hypothesis.words]
    assert starts == sorted(starts)


def test_where_pieces_say_no_more_the_gap_is_told() -> None:
    loud = as_samples((0.1 * np.random.default_rng(0).standard_normal(10 * SPEECH_RATE)).astype(np.float32))
    hypothesis = heard_by(SkippingEngine(""), loud)
    assert (hypothesis.text, hypothesis.doubts) == ("Take it.", ("words may be missing",))


def test_a_pause_without_a_sound_is_no_gap() -> None:
    sound = (0.1 * np.random.default_rng(0).standard_normal(10 * SPEECH_RATE)).astype(np.float32)
    sound[SPEECH_RATE:-SPEECH_RATE] = 0.0
    hypothesis = heard_by(SkippingEngine(" Not before meals."), as_samples(sound))
    assert (hypothesis.text, hypothesis.doubts) == ("Take it.", ())


@pytest.mark.parametrize(
    ("pieces", "code", "words"),
    [
        ([" is", " 13", ".60,", " and"], "en", [" is", " 13.60,", " and"]),
        ([" at", " 7", ":30"], "en", [" at", " 7:30"]),
        (["$13", ".60"], "en", ["$13.60"]),
        ([" 1", ",500", "%"], "en", [" 1,500%"]),
        ([" the", " 10", " 20"], "en", [" the", " 10", " 20"]),
        (["钾", "是", "13.", "60", "毫"], "zh", ["钾", "是", "13.60", "毫"]),
        (["是", "。", "3"], "zh", ["是", "。", "3"]),
    ],
)
def test_a_number_is_one_word_with_one_time(pieces: list[str], code: str, words: list[str]) -> None:
    heard = [Heard(piece, n * 0.5, n * 0.5 + 0.4, 0.9 - n / 10) for n, piece in enumerate(pieces)]
    whole = whisper.whole_words(heard, code)
    assert [word.text for word in whole] == words
    assert whole[0].start == heard[0].start
    assert whole[-1].end == heard[-1].end
    assert min(word.probability for word in whole) == min(piece.probability for piece in heard)


# --- windows


@given(st.integers(0, 1_500_000))
def test_windows_are_the_whole_utterance_and_none_is_too_long(n_samples: int) -> None:
    samples = np.random.default_rng(n_samples).random(n_samples, np.float32)
    parts = windows(samples)
    assert np.array_equal(np.concatenate([part.samples for part in parts]), samples)
    assert all(part.seconds <= LONGEST for part in parts)
    assert [part.offset for part in parts] == pytest.approx(
        np.cumsum([0.0, *(part.seconds for part in parts[:-1])]).tolist()
    )


def test_a_long_utterance_is_cut_in_its_pause() -> None:
    samples = np.full(40 * SPEECH_RATE, 0.5, np.float32)
    samples[24 * SPEECH_RATE : 25 * SPEECH_RATE] = 0.0
    assert 24.0 < windows(samples)[1].offset < 25.0


# --- languages


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("zh-Hans", "zh"),
        ("cmn-Hant-TW", "zh"),
        ("nb", "no"),
        ("iw", "he"),
        ("fil-PH", "tl"),
        ("EN", "en"),
    ],
)
def test_a_tag_becomes_whispers_code(tag: str, code: str) -> None:
    assert whisper_code(tag, KNOWN) == code


@pytest.mark.parametrize("tag", ["yue", "zh-yue", "qaa", "xx-Latn"])
def test_a_language_that_the_model_does_not_know_is_refused_with_a_remedy(tag: str) -> None:
    with pytest.raises(UnsupportedLanguage, match=tag) as caught:
        whisper_code(tag, KNOWN)
    assert caught.value.remedy


def test_an_unknown_language_is_no_failure_of_one_utterance() -> None:
    with pytest.raises(UnsupportedLanguage):
        whisper.recognize(ScriptedEngine(reading(" a")), utterance(), ("en", "qaa"), short_context=True)


def test_short_speech_makes_the_choice_of_language_less_certain() -> None:
    shares = {"en": 0.9, "pt": 0.1}
    by_length = [choose(VISIT, ("en", "pt"), shares, seconds).confidence for seconds in (0.0, 0.2, 0.5, 1.0, 9.0)]
    assert by_length == sorted(by_length)
    assert by_length[0] == 0.5
    assert by_length[-2] == by_length[-1] == pytest.approx(0.9)


def test_two_tags_with_one_code_cannot_be_told_apart() -> None:
    assert choose(("pt-PT", "pt-BR"), ("pt", "pt"), {"pt": 1.0}, 5.0).confidence == 0.5


@pytest.mark.parametrize("languages", [("en",), ("en", "en")])
def test_a_visit_in_one_language_is_certain(languages: tuple[str, ...]) -> None:
    assert choose(languages, languages, {"en": 0.2, "pt": 0.8}, 0.1) == ("en", "en", 1.0, "")


def test_where_one_language_is_named_none_is_told() -> None:
    class Deaf(ScriptedEngine):
        def languages(self, encoding: float) -> Mapping[str, float]:
            raise AssertionError("there is nothing to tell")

    heard = whisper.recognize(Deaf(reading(" Hello.")), utterance(), ("pt-BR",), short_context=True)
    assert (heard.language, heard.language_confidence) == ("pt-BR", 1.0)


@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=6), st.floats(0.0, 30.0))
def test_the_choice_is_the_likeliest_of_those_named_however_many(shares: list[float], seconds: float) -> None:
    tags = tuple(f"l{n}" for n in range(len(shares)))
    choice = choose(tags, tags, {"zh": 0.9, **dict(zip(tags, shares, strict=True))}, seconds)
    assert choice.tag == choice.code == tags[shares.index(max(shares))]
    assert 1 / len(tags) - 1e-9 <= choice.confidence <= 1.0
    assert choice.other == ("zh" if seconds >= 2.0 and 0.0 < sum(shares) < 0.1 else "")


def test_three_languages_share_what_two_would() -> None:
    shares = {"en": 0.6, "pt": 0.3, "es": 0.1, "zh": 0.5}
    assert choose(("en", "pt"), ("en", "pt"), shares, 5.0).confidence == pytest.approx(2 / 3)
    assert choose(("en", "pt", "es"), ("en", "pt", "es"), shares, 5.0).confidence == pytest.approx(0.6)
    assert choose(("pt-PT", "pt-BR", "es"), ("pt", "pt", "es"), shares, 5.0).tag == "pt-PT"


EN, PT, EVEN = {"en": 0.99, "pt": 0.01}, {"en": 0.01, "pt": 0.99}, {"en": 0.5, "pt": 0.5}


@pytest.mark.parametrize(
    ("heard", "course"),
    [
        ([EN, EN, EN], "en en en"),
        ([EN, PT, EN, EN], "en en en en"),  # one part is not believed
        ([EN, EN, PT, PT, PT], "en en pt pt pt"),
        ([EN, EN, PT, PT, EN, EN], "en en pt pt en en"),
        ([EVEN, EVEN], "en en"),
        ([{}, {}], "en en"),
        ([PT], "pt"),
    ],
)
def test_a_change_of_language_is_believed_where_it_lasts(heard: list[Mapping[str, float]], course: str) -> None:
    assert " ".join(follow(("en", "pt"), heard)) == course


class Bilingual(ScriptedEngine):
    """Hears English before second 10 and Portuguese after it; its words say in which it was told to read."""

    def encode(self, window: Window, context: float) -> Any:
        return window.offset

    def part(self, encoding: float, start: float, end: float) -> Any:
        return (encoding + start, encoding + end)

    def languages(self, encoding: Any) -> Mapping[str, float]:
        if isinstance(encoding, tuple):
            return EN if sum(encoding) / 2 < 10.0 else PT
        return EN

    def read(self, encoding: float, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        return reading(f" in {language} from {encoding:.0f}")

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        step = seconds / (2 * len(tokens))
        return [Heard(f" w{token}", 2 * token * step, (2 * token + 1) * step, 0.9) for token in tokens]


def test_an_utterance_in_two_languages_is_read_in_both_and_says_so() -> None:
    samples = np.full(20 * SPEECH_RATE, 0.3, np.float32)
    samples[round(9.9 * SPEECH_RATE) : round(10.1 * SPEECH_RATE)] = 0.0
    heard = whisper.recognize(Bilingual(reading("")), utterance(samples, start=50.0), VISIT, short_context=True)
    assert heard.text == "in en from 0 in pt from 10"
    assert heard.doubts == ("several languages: en, pt-BR",)
    assert dict(zip((word.span.start >= 59.9 for word in heard.words), heard.languages, strict=True)) == {
        False: "en",
        True: "pt-BR",
    }
    assert 0.5 <= heard.language_confidence < 0.6
    assert [word.span.start for word in heard.words if word.text == "w0"] == pytest.approx([50.0, 60.0], abs=0.2)


@given(st.integers(0, 700_000))
def test_parts_are_the_whole_and_of_the_lengths_promised(n_samples: int) -> None:
    cut = parts(np.random.default_rng(n_samples).random(n_samples, np.float32))
    assert cut[0][0] == 0.0
    assert cut[-1][1] == n_samples / SPEECH_RATE
    assert all(before[1] == after[0] for before, after in pairwise(cut))
    assert all(PART_FROM - 1e-6 <= end - start <= PART_TO for start, end in cut[:-1])
    assert cut[-1][1] - cut[-1][0] <= PART_FROM + PART_TO + 0.02


# --- doubts


@given(
    st.text(alphabet="abcdefg hij", min_size=2, max_size=40).filter(lambda text: len(text.split()) > 0),
    st.integers(2, 9),
)
def test_a_phrase_said_over_and_over_is_repetitive(phrase: str, times: int) -> None:
    assert is_repetitive(" ".join([phrase] * times))


@pytest.mark.parametrize(
    "text",
    [
        "And in the same way they will not be tagging. They can be tagging. They can be tagging. They can be tagging.",
        "I would like to ask you a question. I would like to ask you a question. I would like to ask a question.",
        "I'm going to tell you what I'm going to tell you what I'm going to tell you.",
        "First it hurt and then no, no, no, no, no, no, it did not.",
        "\u6700\u5f8c\u306f\u305d\u3046\u3067\u3059\u305d\u3046\u3067\u3059\u305d\u3046\u3067\u3059\u306d",
    ],
)
def test_a_loop_within_a_text_is_found(text: str) -> None:
    assert is_repetitive(text)


@given(st.lists(st.integers(0, 999), min_size=4, max_size=60, unique=True), st.integers(1, 20), st.integers(3, 5))
def test_a_phrase_that_goes_round_is_found_wherever_it_is(words: list[int], length: int, rounds: int) -> None:
    phrase = words[:length] if length >= 3 else words[:3]
    text = " ".join(f"w{word}" for word in [*words[len(phrase) :], *phrase * rounds, *words[len(phrase) :]])
    assert is_repetitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No.",
        "I'm I'm just in pain",
        "Yeah, yeah, yeah, yeah, it is. And a lot of a lot of coughing.",
        "It hurts when I sit and when I lie down",
        "dói, dói muito",
    ],
)
def test_ordinary_speech_is_not_repetitive(text: str) -> None:
    assert not is_repetitive(text)


def test_low_probability_or_likely_silence_alone_does_not_make_words_invented() -> None:
    assert not is_invented(suspicion(no_speech=0.1, log_probability=-2.5), 0.3)
    assert not is_invented(suspicion(no_speech=0.7, log_probability=-0.5), 0.3)
    assert is_invented(suspicion(no_speech=0.8, log_probability=-1.5), 0.3)


def test_a_suspect_reading_with_a_word_that_is_hardly_believed_is_invented() -> None:
    assert is_invented(0.4, 0.01)
    assert not is_invented(0.4, 0.05)
    assert not is_invented(0.1, 0.01)


# --- alignment


def test_tokens_begin_where_their_attention_rests() -> None:
    attention = np.full((2, 4, 40), 0.001)
    for token in range(4):
        attention[:, token, token * 10 : token * 10 + 10] = 0.1
    assert starts_of(attention).tolist() == pytest.approx([0, 10, 20, 30], abs=1)


@given(st.integers(1, 8), st.integers(1, 30), st.integers(0, 99))
def test_token_times_never_go_back(n_tokens: int, n_positions: int, seed: int) -> None:
    starts = starts_of(np.random.default_rng(seed).random((3, n_tokens, n_positions)))
    assert starts.shape == (n_tokens,)
    assert np.all(np.diff(starts) >= 0)
    assert 0 <= starts.min() <= starts.max() < n_positions


# --- the stage


class Failing:
    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        raise BackendFailed("out of memory", remedy="choose a smaller model")


def stage(recognizer: Any) -> Recognize:
    return Recognize(recognizer, InlineWorker(), VISIT)


@pytest.mark.anyio
async def test_each_utterance_becomes_a_transcript_or_nothing_heard() -> None:
    recognizer = ScriptedRecognizer(script=["Any pain?", "", "pt: Dói-me o peito."])
    inbox = [utterance(start=number, number=number) for number in (1, 2, 3)]
    events = await outcomes(stage(recognizer), inbox)
    assert [type(event) for event in events] == [TranscriptFinal, NothingHeard, TranscriptFinal]
    assert [event.at for event in events] == [event.at for event in inbox]
    said = [event for event in events if isinstance(event, TranscriptFinal)]
    assert [(event.utterance, event.hypothesis.language, event.hypothesis.text) for event in said] == [
        (1, "en", "Any pain?"),
        (3, "pt-BR", "Dói-me o peito."),
    ]
    assert said[0].span == inbox[0].span


@pytest.mark.anyio
async def test_one_failure_is_reported_with_its_remedy_and_the_next_utterance_is_read() -> None:
    recognizer = ScriptedRecognizer(script=["Hello."])
    events = await outcomes(stage(recognizer), [utterance(number=1), utterance(number=2), utterance(number=3)])
    assert [type(event) for event in events] == [TranscriptFinal, StageFailed, StageFailed]
    failed = (await outcomes(stage(Failing()), [utterance(number=7)]))[0]
    assert isinstance(failed, StageFailed)
    assert (failed.utterance, failed.stage, failed.remedy) == (7, "recognize", "choose a smaller model")


@pytest.mark.anyio
async def test_invented_words_go_into_the_event_that_says_nothing_was_heard() -> None:
    class Inventing:
        def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
            return Hypothesis("", "en", 0.6, 0.0, doubts=("no speech",), discarded="Thank you.")

    (event,) = await outcomes(stage(Inventing()), [utterance()])
    assert isinstance(event, NothingHeard)
    assert (event.reason, event.discarded) == ("no speech", "Thank you.")


# --- options


def test_a_script_without_lines_is_refused() -> None:
    with pytest.raises(ConfigError, match="lines"):
        ScriptedRecognizer(script=[])


def test_a_colon_in_speech_is_no_language() -> None:
    recognizer = ScriptedRecognizer(script=["Take: two pills."])
    assert recognizer.recognize(utterance(), languages=VISIT).text == "Take: two pills."


def test_faster_whisper_refuses_a_folder_that_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "model.bin").touch()
    (tmp_path / "config.json").touch()
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        FasterWhisper(LoadedModel("broken", tmp_path, ""))


def test_faster_whisper_says_did_you_mean_for_a_context(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        FasterWhisper(LoadedModel("any", tmp_path, ""), context="shrt")
    assert caught.value.remedy == "did you mean 'short'?"


def test_faster_whisper_needs_a_model() -> None:
    with pytest.raises(ConfigError, match="needs a model"):
        FasterWhisper(None)
