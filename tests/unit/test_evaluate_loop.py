"""The speech loop: every set of stages real and gold in the place of the others, nothing asked twice, blame laid."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.systems import ScriptedDocuments, ScriptedSystems
from voicedoc.converse.knowledge.answer import Answer, Citation, Interaction, Quote
from voicedoc.core.audio import as_samples
from voicedoc.errors import BackendFailed, ConfigError, CorpusError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.agreement import contradicts
from voicedoc.evaluate.blame import coalitions, in_order, shapley
from voicedoc.evaluate.exchanges import ASR, DIALOGUE, MT, TTS, Chain, Exchange, Looped
from voicedoc.evaluate.loop import ANSWERERS, Calls, run_loop, said_of, spoken_system
from voicedoc.evaluate.loop_scores import LOSSES, losses_of
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.scores import kept_items
from voicedoc.evaluate.systems import Sound
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

STAGES = (ASR, MT, DIALOGUE, TTS)
ORDER = (TTS, ASR, MT, DIALOGUE)

EXCHANGE = Exchange(
    {"en": "How much paracetamol may I take?", "pt": "Quanto paracetamol posso tomar?"},
    {"en": "Take 500 mg of paracetamol.", "pt": "Tome 500 mg de paracetamol."},
)

PERFECT = {
    EXCHANGE.question["pt"]: EXCHANGE.question["en"],
    EXCHANGE.answer["en"]: EXCHANGE.answer["pt"],
}


@dataclass
class Loop(ScriptedSystems):
    """Hears what is said but for what it `mishears`, translates by `table`, and counts every call by what went in."""

    table: dict[str, str] = field(default_factory=lambda: dict(PERFECT))
    mishears: dict[str, str] = field(default_factory=dict)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: dict[str, str] = field(default_factory=lambda: {EXCHANGE.question["en"]: EXCHANGE.answer["en"]})

    def __post_init__(self) -> None:
        self.replies = lambda asked: [self.answers.get(asked, "Ask a pharmacist.")]

    def say(self, voice: str, text: str, language: str) -> Sound:
        self.calls[f"say {voice}", text] += 1
        self._said = text
        return Sound(as_samples(np.zeros(2205, dtype=np.float32)), 22_050)

    def transcribe(self, sound: Sound, language: str) -> str:
        heard = self._said or self.heard[sound.samples.size]
        return self.mishears.get(heard, heard)

    def translate(self, text: str, source: str, target: str) -> str:
        self.calls["translate", text] += 1
        return super().translate(text, source, target)


def looped(
    systems: Loop, who: str = "model", *, language: str = "pt", calls: Calls | None = None
) -> tuple[Looped, str]:
    return run_loop(who, "q", language, EXCHANGE, None, systems, calls or Calls())


def row(one: Looped, language: str = "pt") -> Row:
    question, answer = EXCHANGE.question[language], EXCHANGE.answer[language]
    return Row("q", language, "q", language, answer, "", source=question, looped=one)


def blamed(one: Looped, what: str = "items") -> dict[str, float]:
    losses = losses_of(one, row(one), what)
    assert losses is not None
    return {stage: round(value, 6) for stage, value in shapley(losses, one.stages).items()}


def test_a_perfect_loop_loses_nothing_and_nobody_is_to_blame() -> None:
    found, failed = looped(Loop())
    assert failed == ""
    assert {chain.heard for chain in found.chains} <= set(EXCHANGE.answer.values())
    assert len(found.chains) == 16 and found.agreement == pytest.approx(1.0)
    for what in LOSSES:
        assert blamed(found, what) == dict.fromkeys(STAGES, 0.0)


def test_a_voice_that_is_misheard_is_to_blame() -> None:
    found, _ = looped(Loop(mishears={EXCHANGE.answer["pt"]: "Tome 400 mg de paracetamol."}))
    assert found.chain().heard == "Tome 400 mg de paracetamol."
    assert found.chain(TTS).heard == EXCHANGE.answer["pt"]
    own = blamed(found)
    assert own[TTS] == max(own.values()) > own[ASR] == 0.0
    losses = losses_of(found, row(found), "items")
    assert losses is not None
    assert in_order(losses, ORDER) == {TTS: 0.5, ASR: 0.0, MT: 0.0, DIALOGUE: 0.0}


def test_an_ear_that_mishears_is_blamed_whole_in_order_and_in_part_by_shapley() -> None:
    systems = Loop(mishears={EXCHANGE.question["pt"]: "Quanto paraquedas posso tomar?"})
    systems.table["Quanto paraquedas posso tomar?"] = "How many parachutes may I take?"
    systems.table["Ask a pharmacist."] = "Pergunte a um farmacêutico."
    found, _ = looped(systems)
    losses = losses_of(found, row(found), "items")
    assert losses is not None and losses[frozenset(STAGES)] == 1.0
    assert in_order(losses, ORDER) == {TTS: 0.0, ASR: 1.0, MT: 0.0, DIALOGUE: 0.0}
    # The mishearing costs only where neither the translation nor the answer is gold: three share the loss.
    own = shapley(losses, STAGES)
    assert own == pytest.approx({ASR: 1 / 3, MT: 1 / 3, DIALOGUE: 1 / 3, TTS: 0.0})


def test_nothing_is_asked_twice_in_sixteen_sets_nor_by_another_who_answers() -> None:
    systems, calls = Loop(), Calls()
    systems.documents = ScriptedDocuments()
    for who in ("model", "documents", "copies the question"):
        looped(systems, who, calls=calls)
    assert max(systems.calls.values()) == 1
    assert len(systems.documents.asked) == 1


def test_a_recording_is_heard_in_the_place_of_a_voice() -> None:
    systems = Loop(heard={8000: EXCHANGE.question["pt"]})
    sound = Sound(as_samples(np.zeros(8000, np.float32)), 16_000)
    found, failed = run_loop("copies the question", "q", "pt", EXCHANGE, sound, systems, Calls())
    assert failed and found.chain(MT).transcript == EXCHANGE.question["pt"]
    assert not [text for what, text in systems.calls if what == "say mumbling"]


def test_the_question_is_asked_by_another_voice_than_the_answer() -> None:
    systems = Loop()
    looped(systems)
    assert ("say mumbling", EXCHANGE.question["pt"]) in systems.calls
    assert ("say clear", EXCHANGE.answer["pt"]) in systems.calls


def test_what_comes_to_nothing_stays_nothing_and_is_named_once() -> None:
    systems = Loop(table={})
    found, failed = looped(systems)
    assert failed == "BackendFailed: no translation"
    assert found.chain().heard == found.chain().asked == ""
    assert found.chain(MT).heard == EXCHANGE.answer["en"]  # nobody has to translate it
    losses = losses_of(found, row(found), "items")
    assert losses is not None and losses[frozenset(STAGES)] == 1.0
    assert blamed(found, "meaning")[MT] > 0.0
    assert sum(blamed(found).values()) == pytest.approx(1.0)


def test_without_a_language_to_cross_nothing_is_translated() -> None:
    systems = Loop()
    english, _ = looped(systems, language="en")
    direct, _ = looped(systems, "model, direct")
    assert english.stages == direct.stages == (ASR, DIALOGUE, TTS)
    assert len(english.chains) == 8 and direct.inner == "pt"
    assert not [text for what, text in systems.calls if what == "translate"]
    assert SCORERS["loop-chrf-asked"].count(row(english, "en")) is None
    assert SCORERS["blame-items-mt"].count(row(english, "en")) is None


def test_a_models_own_words_stay_in_english_where_the_translator_is_gold() -> None:
    systems = Loop(answers={})
    systems.table["Ask a pharmacist."] = "Pergunte a um farmacêutico."
    found, _ = looped(systems)
    assert (found.chain(MT).language, found.chain(MT).heard) == ("en", "Ask a pharmacist.")
    assert (found.chain(MT, DIALOGUE).language, found.chain(MT, DIALOGUE).heard) == ("pt", EXCHANGE.answer["pt"])
    assert losses_of(found, row(found), "words") is not None


def test_a_language_that_a_question_is_not_written_in_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="'q' is not written in 'sw'"):
        looped(Loop(), language="sw")
    with pytest.raises(UnsupportedLanguage, match="'sw'"):
        spoken_system("sw")


def test_a_language_without_a_voice_cannot_be_measured() -> None:
    class Mute(Loop):
        def voices(self, language: str) -> tuple[str, ...]:
            return ()

    with pytest.raises(UnsupportedLanguage, match="no voice for 'pt'"):
        looped(Mute())


def test_out_of_documents_what_tables_and_sheets_say_is_said() -> None:
    quote = Quote("Keep it cold.", "en", Citation(1, "Insulin", "starter/insulin", 1, 0, 13), "Keep it cold.")
    known = Interaction(("a", "b"), "major", "Not together.", "table", "")
    told = Answer("answer", "q", "en", "Also ask.", quotes=(quote,), interactions=(known,))
    assert said_of(told) == "Not together. Keep it cold."
    assert said_of(Answer("unknown", "q", "en", "I do not know.")) == "I do not know."


def test_every_way_to_answer_gives_every_set() -> None:
    for who in ANSWERERS:
        found, _ = looped(Loop(), who)
        assert {frozenset(chain.real) for chain in found.chains} == set(coalitions(found.stages))


# --- figures


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "Tome 500 mg.", "Tome 400 mg.", "Não tome."]), st.floats(0, 1)),
        min_size=16,
        max_size=16,
    )
)
def test_the_blame_of_all_stages_is_the_whole_loss_in_both_ways(drawn: list[tuple[str, float]]) -> None:
    chains = [
        Chain(tuple(s for s in STAGES if s in real), "", "", "", "", heard, "pt", alike)
        for real, (heard, alike) in zip(coalitions(STAGES), drawn, strict=True)
    ]
    one = Looped("model", STAGES, "en", "q", "a", tuple(chains))
    for what in LOSSES:
        losses = losses_of(one, row(one), what)
        assert losses is not None
        whole = losses[frozenset(STAGES)] - losses[frozenset()]
        assert sum(shapley(losses, STAGES).values()) == pytest.approx(whole, abs=1e-9)
        assert sum(in_order(losses, STAGES).values()) == pytest.approx(whole, abs=1e-9)
        assert all(-1.0 <= loss <= 1.0 for loss in losses.values())


def test_gold_put_in_needs_every_set_on_its_way() -> None:
    with pytest.raises(ValueError, match="tts"):
        in_order({frozenset(STAGES): 1.0}, STAGES)


def test_critical_items_are_kept_across_languages_or_they_are_not() -> None:
    assert kept_items("Take 500 mg.", "Tome 500 mg.", "en", "pt") == kept_items(
        "Take 500 mg.", "Take 500 mg.", "en", "en"
    )
    kept = kept_items("Take 500 mg.", "Tome 400 mg.", "en", "pt")
    assert kept is not None and kept[0] < kept[1]
    nothing = kept_items("Take 500 mg.", "", "en", "en")
    assert nothing is not None and nothing[0] == 0.0 < nothing[1]
    assert kept_items("Hello.", "Olá.", "en", "pt") is None
    assert kept_items("Take 500 mg.", "Kula 500 mg.", "en", "sw") is None


# --- the task


def task_file(folder: Path, lines: list[dict[str, object]], answerers: tuple[str, ...] = ("model",)) -> str:
    (folder / "own.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    shipped = load_task("speech-loop")
    path = folder / "small.toml"
    path.write_text(
        f'kind = "loop"\nversion = 1\ntitle = "Small"\nscorers = {json.dumps(shipped.scorers)}\n'
        f'[data]\npart = "exchanges"\nfiles = ["own.jsonl"]\nlanguages = ["pt"]\nanswerers = {json.dumps(answerers)}\n',
        "utf-8",
    )
    return str(path)


def line(name: str) -> dict[str, object]:
    return {"id": name, "question": dict(EXCHANGE.question), "answer": dict(EXCHANGE.answer)}


def figures(outcome: Outcome, part: str) -> dict[str, float]:
    return {figure.scorer: round(figure.value, 1) for figure in outcome.figures if figure.slice == part}


def test_a_run_scores_each_stage_and_draws_who_is_to_blame(tmp_path: Path) -> None:
    task = load_task(task_file(tmp_path, [line("a"), line("b")], ("model", "copies the question")))
    systems = Loop(mishears={EXCHANGE.answer["pt"]: "Tome 400 mg de paracetamol."})
    systems.table[EXCHANGE.question["en"]] = EXCHANGE.question["pt"]
    outcome = run_task(task, systems, tmp_path / "out", root=None)
    own = figures(outcome, "pt model")
    assert own["loop-wer"] == own["failed"] == 0.0
    assert own["loop-chrf-asked"] == own["loop-items-told"] == own["loop-items-heard"] == 100.0
    assert own["loop-items-spoken"] == own["loop-items-arrived"] < 100.0
    assert own["loop-contradicts"] == own["loop-wrong"] == own["drop-contradiction-tts"] == 100.0
    assert own["loss-items"] == own["drop-items-tts"] > 0.0
    shapley_sum = sum(own[f"blame-items-{stage}"] for stage in STAGES)
    assert shapley_sum == pytest.approx(own["loss-items"], abs=0.2)
    page = (tmp_path / "out" / "small" / "report.html").read_text("utf-8")
    assert page.count("<h2>Who loses ") == 2
    assert "<h2>loss of critical items by the voice (Shapley)</h2>" not in page
    assert "the recogniser" in page


def test_a_second_run_asks_nobody_and_gives_the_same_bytes(tmp_path: Path) -> None:
    task = load_task(task_file(tmp_path, [line("a")]))
    run_task(task, Loop(), tmp_path / "out", root=None)
    names = ("results.jsonl", "scores.json", "report.html")
    before = [(tmp_path / "out" / "small" / name).read_bytes() for name in names]
    again = Loop()
    outcome = run_task(task, again, tmp_path / "out", root=None)
    assert (again.calls.total(), again.n_calls, outcome.n_resumed) == (0, 0, 1)
    assert [(tmp_path / "out" / "small" / name).read_bytes() for name in names] == before


def test_a_recorded_question_is_read_from_beside_its_file(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "q.wav", np.zeros(8000, np.float32), 16_000)
    task = load_task(task_file(tmp_path, [line("a") | {"audio": {"pt": "q.wav"}}]))
    systems = Loop(heard={8000: EXCHANGE.question["pt"]})
    outcome = run_task(task, systems, tmp_path / "out", root=None)
    assert figures(outcome, "pt model")["loss-items"] == 0.0
    assert not [text for what, text in systems.calls if what == "say mumbling"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"id": "x", "question": {"en": "q"}, "answer": {"en": "a"}}, "line 2 has no question and answer in 'pt'"),
        ({"question": {}, "answer": {}}, "line 2"),
        ({"id": "x", "question": "q", "answer": "a"}, "line 2"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, broken: dict[str, object], told: str) -> None:
    task = load_task(task_file(tmp_path, [line("a"), broken]))
    with pytest.raises(CorpusError, match=told):
        run_task(task, Loop(), tmp_path / "out", root=None)


def test_nobody_answers_under_another_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="called 'modle'") as caught:
        load_task(task_file(tmp_path, [line("a")], ("modle",)))
    assert "model" in caught.value.remedy
    with pytest.raises(ConfigError, match="somebody who answers"):
        load_task(task_file(tmp_path, [line("a")], ()))


def test_shipped_questions_have_an_answer_with_something_to_lose_in_each_language() -> None:
    path = load_task("speech-loop").folder / "data" / "loop.jsonl"
    lines = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
    assert len({one["id"] for one in lines}) == len(lines) >= 16
    for one in lines:
        for language in ("en", "pt", "es"):
            own = kept_items(one["answer"][language], one["answer"][language], language, language)
            assert own is not None and own[0] == own[1], (one["id"], language)
            across = kept_items(one["answer"]["en"], one["answer"][language], "en", language)
            assert across is not None and across[0] == across[1], (one["id"], language, across)
            assert contradicts(one["answer"]["en"], one["answer"][language], "en", language) == (), one["id"]


def test_calls_remember_failures() -> None:
    calls, asked = Calls(), []

    def fail() -> str:
        asked.append(1)
        raise BackendFailed("gone")

    for _ in range(2):
        with pytest.raises(BackendFailed, match="gone"):
            calls.once("key", fail)
    assert asked == [1]


def test_a_server_that_failed_is_asked_again(tmp_path: Path) -> None:
    class Busy(Loop):
        def translate(self, text: str, source: str, target: str) -> str:
            raise ServerFailed("server answered HTTP 429", status=429, passing=True)

    calls = Calls()
    with pytest.raises(ServerFailed):
        looped(Busy(), calls=calls)
    assert looped(Loop(), calls=calls)[1] == ""
    task = load_task(task_file(tmp_path, [line("a")]))
    assert figures(run_task(task, Busy(), tmp_path / "out", root=None), "pt model") == {"failed": 100.0}
    outcome = run_task(task, Loop(), tmp_path / "out", root=None)
    assert (outcome.n_resumed, figures(outcome, "pt model")["failed"]) == (0, 0.0)


def test_what_is_spoken_is_scored_by_character_where_words_are_not_parted_and_for_what_nobody_said() -> None:
    chains = tuple(
        Chain(tuple(real), "", "", "", "吃药两片", "吃药三片", "zh", None) for real in coalitions((ASR, DIALOGUE, TTS))
    )
    one = Row(
        "q",
        "zh",
        "q",
        "zh",
        "吃药两片",
        "",
        source="?",
        looped=Looped("model", (ASR, DIALOGUE, TTS), "zh", "q", "a", chains),
    )
    assert SCORERS["loop-wer-spoken"].count(one) is None
    assert SCORERS["loop-cer-spoken"].count(one) == (1, 4)
    found, _ = looped(Loop(mishears={EXCHANGE.answer["pt"]: "Tome 500 mg de paracetamol e 20 mg de morfina."}))
    recall = SCORERS["loop-items-spoken"].count(row(found))
    precision = SCORERS["loop-precision-spoken"].count(row(found))
    assert recall is not None and precision is not None
    assert recall[0] == recall[1] and precision[0] < precision[1]
