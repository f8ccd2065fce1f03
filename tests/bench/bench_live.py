"""A live session's answer time: end of speech → first translated sound, between the microphone's track and the
loudspeaker's; where it goes, stage by stage; the floor under it; and a peer's chain on the same weights and sentences.

The whole session runs at its own speed: real capture, encrypted spool and journal, the profile `embedded`, two people
who wait for each other's interpretation. Only the sound card is missing: what it adds (its buffers) is not in the
figures. A doctor's utterances are cut from the development set's consultation; a patient's are the phrase bank's
Portuguese sentences as Kokoro says them. An end of speech is the last 10 ms that are louder than a twentieth of the
utterance's loudest, whatever any voice detector thinks.

The floor is the same models called back to back on the same utterances: recognise, translate, compare, make the first
part of the voice, and the hush in it before it sounds (`loudspeaker`). The overhead is what a session takes from its
endpoint on, against that floor: as it is, and with nothing done ahead.

`--peer PYTHON` names an interpreter that also has pipecat-ai: its chain (Silero, Smart Turn, faster-whisper, the same
translator and voices as processors of it) hears the same sound in the same run.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import numpy as np

from tests.bench.report import ROOT, spread, write_result
from tests.bench.sitting import AUDIBLE, TOO_LATE, Case, Ear, HeardLoudspeaker, Microphones, Sitter, end_of_speech
from tests.helpers.vault import vault_in
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.events import ClauseSound, Cleared, Event, Guarded, TranscriptFinal, Translated, Utterance
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.guard import compare_texts
from voicedoc.live import LiveSession, Room, Track, microphone
from voicedoc.phrases.bank import PhraseBank
from voicedoc.profiles import load_profile
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.speculate import Step
from voicedoc.segment.stage import Segment
from voicedoc.speak.live import first_words
from voicedoc.speak.sound import Finishing

VISIT = Visit("en", "pt")
SHORTEST, LONGEST = 1.0, 8.0
"""Seconds of speech."""

STEPS: tuple[tuple[str, type[Event]], ...] = (
    ("endpoint", Utterance),
    ("recognise", TranscriptFinal),
    ("translate", Translated),
    ("guard", Guarded),
    ("cleared", Cleared),
    ("first part of the voice", ClauseSound),
)
"""What follows from an utterance, in this order, and the name of the way to it."""


class Told(NamedTuple):
    """An event that belongs to an utterance, and when it came, in seconds of wall time."""

    at: float
    event: Event


class Measured(NamedTuple):
    """One case: seconds from the end of its speech. `steps` are the ways from one fact to the next."""

    case: Case
    answer: float | None
    steps: dict[str, float]
    utterance: Utterance | None
    why: str = ""
    """Why there was no answer, or none to measure."""


class Hesitant(LiveSession):
    """A session that does nothing ahead."""

    def _ahead(self, *_: Any) -> list[Step]:
        return []


# --- what is said


def doctor_cases(engine: Engine, devset: Path, n: int) -> list[Case]:
    """Utterances of the consultation with at least three words' time, spread over it."""
    from voicedoc.capture.spool import stream_mono

    rows = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    row = next(row for row in rows if row["kind"] == "consultation")
    samples = np.concatenate(list(stream_mono(devset / row["audio"], SPEECH_RATE)))
    spans = [utterance.span for utterance in utterances_of(engine, samples)]
    fit = [span for span in spans if SHORTEST + 0.4 <= span.duration <= LONGEST]
    chosen = fit[:: max(1, len(fit) // n)][:n]
    cut = [samples[round(span.start * SPEECH_RATE) : round(span.end * SPEECH_RATE)] for span in chosen]
    return [Case("en", heard, end_of_speech(heard)) for heard in cut]


def utterances_of(engine: Engine, samples: Samples) -> Iterator[Utterance]:
    """What an ordinary segmentation finds."""
    from voicedoc.core.audio import as_samples
    from voicedoc.core.events import AudioClosed, Frame

    found: list[Utterance] = []

    async def run() -> None:
        async def frames() -> Any:
            for first in range(0, samples.size, SPEECH_RATE):
                part = as_samples(samples[first : first + SPEECH_RATE])
                yield Frame(at=(first + part.size) / SPEECH_RATE, channel=0, first_sample=first, samples=part)
            seconds = samples.size / SPEECH_RATE
            yield AudioClosed(at=seconds, spool="", duration=seconds)

        async def emit(event: Event) -> None:
            if isinstance(event, Utterance):
                found.append(event)

        await Segment(engine.detector, engine.worker("segment"), engine.endpointing).run(frames(), emit)

    anyio.run(run)
    return iter(found)


def patient_cases(engine: Engine, n: int) -> list[Case]:
    """Sentences of the phrase bank, said by the profile's Portuguese voice."""
    texts = [phrase.text["pt"] for phrase in PhraseBank.load().phrases if "pt" in phrase.text]
    voice = engine.voices.voice_for("pt").synthesizer
    fit = [text for text in texts if 4 <= len(text.split()) <= 16 and "{" not in text]
    cases = []
    for text in fit[:: max(1, len(fit) // n)][:n]:
        made = engine.worker("speak").run(lambda text=text: list(voice.synthesize(text, language="pt")))  # type: ignore[misc]
        heard = resampled(np.concatenate(made), voice.rate)
        cases.append(Case("pt", heard, end_of_speech(heard)))
    return [case for case in cases if SHORTEST <= case.end <= LONGEST]


def resampled(samples: Samples, rate: int) -> Samples:
    import soxr

    found: Samples = np.asarray(soxr.resample(samples, rate, SPEECH_RATE), np.float32)
    return found


# --- a session


def sit(engine: Engine, cases: Sequence[Case], kind: type[LiveSession]) -> list[Measured]:
    """Hold a session in which all cases are said, each when the one before has been interpreted."""
    gc.collect()
    told: list[Told] = []
    with tempfile.TemporaryDirectory() as folder:
        vault = vault_in(Path(folder))
        with vault.begin(doctor="en", patient="pt", profile="embedded") as stored:
            room = Room()

            async def run() -> Sitter:
                clock = WallClock()
                ear, microphones = Ear(), Microphones(clock)
                sitter = Sitter(cases, microphones, ear, clock)

                def take(event: Event) -> None:
                    if hasattr(event, "utterance"):
                        told.append(Told(clock.now(), event))

                with Track(stored.audio / "spoken.chunks", stored.cipher) as track:
                    session = kind(
                        engine,
                        room,
                        stored.journal,
                        microphone(engine, stored, room, microphones),
                        kept=track.put,
                        loudspeaker=HeardLoudspeaker(clock, ear),
                        watch=take,
                        clock=clock,
                    )
                    async with anyio.create_task_group() as tasks:
                        tasks.start_soon(session.run)
                        await sitter.run()
                        session.stop()
                return sitter

            sitter = anyio.run(run)
    return [measured(case, begun, sitter, told) for case, begun in zip(cases, sitter.begun, strict=True)]


def measured(case: Case, begun: float, sitter: Sitter, told: Sequence[Told]) -> Measured:
    """What came of one case, from the two tracks and from when its facts came."""
    ended = begun + case.end
    limit = min([at for at in sitter.begun if at > begun], default=ended + TOO_LATE)
    answer = sitter.ear.first_sound(begun, limit)
    mine = [one for one in told if begun < one.at < limit]
    last = [one for one in mine if isinstance(one.event, Utterance)][-1:]
    asked = [one for one in mine if isinstance(one.event, Cleared) and one.event.purpose != "translation"]
    if answer is None or not last or asked or answer < ended:
        kinds = [type(one.event).__name__ for one in mine]
        why = "asked back" if asked else "began too early" if answer is not None and last else "no answer: "
        return Measured(case, None, {}, None, why + (", ".join(kinds[-8:]) if why.endswith(": ") else ""))
    number = last[0].event.utterance  # type: ignore[attr-defined]
    own = [one for one in mine if getattr(one.event, "utterance", None) == number]
    steps, before = {}, ended
    for name, event in STEPS:
        came = [one.at for one in own if isinstance(one.event, event) and one.at >= last[0].at]
        if not came:
            return Measured(case, None, {}, None, f"no {event.__name__}")
        steps[name], before = came[0] - before, came[0]
    steps["loudspeaker"] = answer - before
    utterance = last[0].event
    return Measured(case, answer - ended, steps, utterance if isinstance(utterance, Utterance) else None)


# --- the floor


def floor(engine: Engine, heard: Sequence[Measured]) -> list[dict[str, float]]:
    """The bare calls for each utterance that was answered, one after another."""
    return [bare(engine, one.utterance) for one in heard if one.utterance]


def bare(engine: Engine, utterance: Utterance) -> dict[str, float]:
    took: dict[str, float] = {}

    def timed(name: str, stage: str, function: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = engine.worker(stage).run(function)
        took[name] = time.perf_counter() - began
        return found

    read = timed("recognise", "recognize", lambda: engine.recognizer.recognize(utterance, languages=VISIT.languages))
    source, target = read.language, VISIT.other(read.language)
    done = timed("translate", "translate", lambda: engine.translator.translate(read.text, source=source, target=target))
    timed("guard", "translate", lambda: compare_texts(read.text, done.text, source=source, target=target))
    voice, words = first_words(engine.voices, done.text, target)

    def speak() -> Samples:
        finishing = Finishing(voice.synthesizer.rate, words)
        parts = voice.synthesizer.synthesize(words, language=target)
        return next(ready for part in parts if (ready := finishing.push(part)).size)

    first = timed("first part of the voice", "speak", speak)
    took["loudspeaker"] = float(np.flatnonzero(np.abs(first) > AUDIBLE)[0]) / voice.synthesizer.rate
    return took


# --- figures


def figures(heard: Sequence[Measured]) -> dict[str, Any]:
    """Per direction: answer times, and the ways they are made of."""
    found = {}
    for language in VISIT.languages:
        own = [one for one in heard if one.case.language == language]
        answered = [one for one in own if one.answer is not None]
        found[f"{language}-{VISIT.other(language)}"] = {
            "n_said": len(own),
            "answer": spread([one.answer for one in answered if one.answer is not None]),
            "steps": {name: spread([one.steps[name] for one in answered]) for name in answered[0].steps},
        }
    return found


def brief(heard: Sequence[Measured]) -> Iterator[str]:
    """A line for each utterance, to look at."""
    for one in heard:
        steps = "  ".join(f"{name} {seconds:.2f}" for name, seconds in one.steps.items())
        answer = "-" if one.answer is None else f"{one.answer:.2f} s"
        yield f"{one.case.language} {one.case.end:4.1f} s of speech: {answer}  {steps or one.why}"


def overheads(heard: Sequence[Measured], bare_calls: Sequence[dict[str, float]]) -> dict[str, Any]:
    """From the endpoint to the first sound, over the floor under it; per utterance."""
    answered = [one for one in heard if one.utterance and one.answer is not None]
    ratios: list[float] = []
    seconds: list[float] = []
    for one, calls in zip(answered, bare_calls, strict=True):
        least = sum(calls.values())
        took = sum(one.steps.values()) - one.steps["endpoint"]
        ratios.append(took / least - 1.0)
        seconds.append(took - least)
    return {"share": spread(ratios), "seconds": spread(seconds)}


def floors(heard: Sequence[Measured], bare_calls: Sequence[dict[str, float]]) -> dict[str, Any]:
    found = {}
    languages = [one.case.language for one in heard if one.utterance]
    for language in VISIT.languages:
        own = [calls for spoken, calls in zip(languages, bare_calls, strict=True) if spoken == language]
        steps = {name: spread([calls[name] for calls in own]) for name in own[0]}
        found[f"{language}-{VISIT.other(language)}"] = {"all": spread([sum(c.values()) for c in own]), "steps": steps}
    return found


def peer(python: Path, cases: Sequence[Case]) -> dict[str, Any]:
    """The peer's answer times for the same sound, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "cases.npz"
        arrays = {f"samples{number}": case.samples for number, case in enumerate(cases)}
        ends, languages = [case.end for case in cases], [case.language for case in cases]
        np.savez(path, ends=ends, languages=languages, **arrays)  # type: ignore[arg-type]
        command = [str(python), "-m", "tests.bench.live_peer", str(path)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the peer failed:\n{done.stderr[-3000:]}")
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    found = {}
    for language in VISIT.languages:
        own = [row["answer"] for row in rows if row["language"] == language]
        answered = [answer for answer in own if answer is not None and answer >= 0.0]
        n_early = sum(answer is not None and answer < 0.0 for answer in own)
        way = f"{language}-{VISIT.other(language)}"
        found[way] = {"n_said": len(own), "n_early": n_early, "answer": spread(answered)}
    return found


def alternating(doctor: Sequence[Case], patient: Sequence[Case]) -> list[Case]:
    return [case for pair in zip(doctor, patient, strict=False) for case in pair]


def main() -> None:
    """Measure, write `results/live.json` and print where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--devset", type=Path, default=os.environ.get("VOICEDOC_DEVSET", ROOT.parent / "shared/data/devset")
    )
    parser.add_argument("--utterances", type=int, default=30, help="of each of the two people")
    parser.add_argument("--peer", type=Path, help="a Python that has pipecat-ai; left out without")
    parser.add_argument("--only", choices=("ours",), help="without the session that does nothing ahead, and no file")
    options = parser.parse_args()
    with open_live_engine(load_profile("embedded"), VISIT) as engine:
        doctor = doctor_cases(engine, Path(options.devset), options.utterances)
        cases = alternating(doctor, patient_cases(engine, options.utterances))
        print(f"{len(cases)} utterances, {sum(case.end for case in cases):.0f} s", file=sys.stderr)
        heard = sit(engine, cases, LiveSession)
        for line in brief(heard):
            print(line, file=sys.stderr)
        models = [model.name for model in engine.models]
    if options.only:
        return
    with open_live_engine(load_profile("embedded"), VISIT) as engine:  # a new one remembers no voice's sound
        hesitant = sit(engine, cases, Hesitant)
    with open_live_engine(load_profile("embedded"), VISIT) as engine:
        calls = floor(engine, hesitant)
    with open_live_engine(load_profile("embedded"), VISIT) as engine:
        as_it_is = floor(engine, heard)
    found = {
        "session": figures(heard),
        "without_work_ahead": figures(hesitant),
        "floor": floors(hesitant, calls),
        "overhead": {"session": overheads(heard, as_it_is), "without_work_ahead": overheads(hesitant, calls)},
        "models": models,
    }
    if options.peer:
        found["peer"] = peer(options.peer, cases)
    print(write_result("live", found))


if __name__ == "__main__":
    main()
