"""A peer's chain for bench_live, in a process of its own: pipecat-ai's defaults around our translator and voices.

Silero decides when somebody speaks, Smart Turn when the turn is over, faster-whisper reads it (the same weights, int8,
told the language, so one session for each direction), and what it read is translated and said sentence by sentence.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    CancelFrame,
    Frame,
    InputAudioRawFrame,
    OutputAudioRawFrame,
    StartFrame,
    TranscriptionFrame,
    UserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.audio.vad_processor import VADProcessor
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.base_input import BaseInputTransport
from pipecat.transports.base_output import BaseOutputTransport
from pipecat.transports.base_transport import TransportParams
from pipecat.turns.user_turn_processor import UserTurnProcessor
from pipecat.workers.runner import WorkerRunner

from tests.bench.sitting import TOO_LATE, Case, Ear, Microphones, Sitter
from voicedoc.core.audio import SPEECH_RATE
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.profiles import load_profile
from voicedoc.runtime.clock import WallClock
from voicedoc.speak.clauses import clauses
from voicedoc.store.models import ModelStore

MODEL = "whisper-base"
PARAMS = TransportParams(
    audio_in_enabled=True,
    audio_out_enabled=True,
    audio_in_sample_rate=SPEECH_RATE,
    audio_out_sample_rate=SPEECH_RATE,
    audio_out_auto_silence=False,
)


class RoomInput(BaseInputTransport):
    """The room's microphone, 20 ms at a time."""

    def __init__(self, microphones: Microphones, clock: WallClock) -> None:
        super().__init__(PARAMS)
        self._microphones, self._clock = microphones, clock

    async def start(self, frame: StartFrame) -> None:
        await super().start(frame)
        await self.set_transport_ready(frame)
        self._hearing = self.create_task(self._hear())

    async def cancel(self, frame: CancelFrame) -> None:
        await self.cancel_task(self._hearing)
        await super().cancel(frame)

    async def _hear(self) -> None:
        heard = round(self._clock.now() * SPEECH_RATE)
        while True:
            await self._clock.sleep_until((heard + 320) / SPEECH_RATE)
            samples = self._microphones.heard(heard, heard + 320)
            heard += 320
            pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16).tobytes()
            await self.push_audio_frame(InputAudioRawFrame(audio=pcm, sample_rate=SPEECH_RATE, num_channels=1))


class RoomOutput(BaseOutputTransport):
    """The room's loudspeaker."""

    def __init__(self, ear: Ear, clock: WallClock) -> None:
        super().__init__(PARAMS)
        self._ear, self._clock, self._free = ear, clock, 0.0

    async def start(self, frame: StartFrame) -> None:
        await super().start(frame)
        await self.set_transport_ready(frame)

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        samples = np.frombuffer(frame.audio, np.int16).astype(np.float32) / 32768.0
        begins = max(self._free, self._clock.now())
        self._ear.hear(samples, begins)
        self._free = begins + samples.size / SPEECH_RATE
        await self._clock.sleep_until(self._free)
        return True


class Collect(FrameProcessor):
    """Keeps what was read of the turn. Before the turn's processor, whose word of its end overtakes the text."""

    def __init__(self) -> None:
        super().__init__()
        self._read: list[str] = []

    def take(self) -> str:
        """All that was read since the last call."""
        text, self._read = " ".join(self._read), []
        return text

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TranscriptionFrame):
            self._read.append(frame.text.strip())
        await self.push_frame(frame, direction)


class Interpret(FrameProcessor):
    """Translates what was read once the turn is over, and says it."""

    def __init__(self, engine: Engine, source: str, collected: Collect) -> None:
        super().__init__()
        self._engine, self._source, self._target = engine, source, engine.visit.other(source)
        self._collected = collected

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, UserStoppedSpeakingFrame) and (text := self._collected.take()):
            self.create_task(self._say(text))

    async def _say(self, text: str) -> None:
        import soxr

        translate = partial(self._engine.translator.translate, text, source=self._source, target=self._target)
        said = await self._engine.worker("translate").call(translate)
        voice, worker = self._engine.voices.voice_for(self._target).synthesizer, self._engine.worker("speak")
        for clause in clauses(said.text):
            chunks = await worker.call(partial(voice.synthesize, clause, language=self._target))
            while (chunk := await worker.call(partial(next, chunks, None))) is not None:
                samples = soxr.resample(chunk, voice.rate, SPEECH_RATE)
                pcm = np.clip(samples * 32767, -32768, 32767).astype(np.int16).tobytes()
                await self.push_frame(OutputAudioRawFrame(audio=pcm, sample_rate=SPEECH_RATE, num_channels=1))


async def sit(engine: Engine, cases: list[Case], language: str) -> list[dict[str, Any]]:
    """One direction: what is said in `language`, and how long after it somebody answers."""
    clock = WallClock()
    ear, microphones = Ear(), Microphones(clock)
    sitter = Sitter(cases, microphones, ear, clock)
    settings = WhisperSTTService.Settings(model=str(ModelStore.default().open(MODEL).path), language=language)
    collected = Collect()
    chain = [
        RoomInput(microphones, clock),
        VADProcessor(vad_analyzer=SileroVADAnalyzer(sample_rate=SPEECH_RATE)),
        WhisperSTTService(device="cpu", compute_type="int8", settings=settings),
        collected,
        UserTurnProcessor(),
        Interpret(engine, language, collected),
        RoomOutput(ear, clock),
    ]
    worker = PipelineWorker(Pipeline(chain), idle_timeout_secs=None)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run())
    await sitter.run()
    await worker.cancel()
    await running
    rows = []
    for number, (case, begun) in enumerate(zip(cases, sitter.begun, strict=True)):
        limit = sitter.begun[number + 1] if number + 1 < len(cases) else begun + case.end + TOO_LATE
        answer = ear.first_sound(begun, limit)
        seconds = None if answer is None else answer - begun - case.end
        rows.append({"language": language, "answer": seconds})
    return rows


def main() -> None:
    """Read the cases that bench_live wrote; print the answer times as one line of JSON."""
    logger.remove()
    stored = np.load(Path(sys.argv[1]))
    ends, languages = stored["ends"].tolist(), stored["languages"].tolist()
    cases = [Case(languages[n], stored[f"samples{n}"], ends[n]) for n in range(len(ends))]
    rows: list[dict[str, Any]] = []
    with open_live_engine(load_profile("embedded"), Visit("en", "pt")) as engine:
        for language in ("en", "pt"):
            rows += asyncio.run(sit(engine, [case for case in cases if case.language == language], language))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
