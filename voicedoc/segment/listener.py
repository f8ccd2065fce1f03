"""Hears one channel of a live session: when speech begins, pauses, ends, and goes on after all. Counts samples."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from voicedoc.core.audio import SPEECH_RATE
from voicedoc.segment.endpoint import Endpoint, Endpointer, Speech
from voicedoc.segment.heard import Heard
from voicedoc.segment.patience import Listening, Patience
from voicedoc.segment.press import Order, Press
from voicedoc.segment.role import WINDOW

KEPT_BEFORE = SPEECH_RATE
"""Samples that a button may reach back: it can come after the frame in which it was pressed."""


@dataclass(slots=True)
class _Ended:
    """An utterance that may be reopened. Its speech's windows go on, through the silence after it."""

    speech: Speech
    pauses: list[float]
    n_reopened: int


class Listener:
    """Turns the probabilities of one channel, and its buttons, into what happened.

    Every "started" and every "reopened" is followed by one "ended". Buttons go into `orders`, by time.
    """

    def __init__(self, options: Listening, orders: deque[Order] | None = None) -> None:
        self.orders = deque[Order]() if orders is None else orders
        self._options = options
        self._endpointer = Endpointer(options)
        self._patience = Patience(options)
        self._pause, self._so_far = _samples(options.pause, options.so_far)
        self._pad_after, self._max_length = _samples(options.pad_after, options.max_length)
        self._reopen, self._reopen_length = _samples(options.reopen, options.reopen_length)
        self._announced = False
        self._pauses: list[float] = []  # of the utterance that goes on
        self._n_reopened = 0
        self._told = self._paused = 0
        self._free = 0  # where the last utterance ended
        self._ended: _Ended | None = None
        self._press: Press | None = None
        self._endpointer.wait(self._patience.silence)

    @property
    def heard_sample(self) -> int:
        """How far it has heard. Whatever happens later is decided after this sample."""
        return self._endpointer.heard_sample

    @property
    def needed_sample(self) -> int:
        """Nothing that happens later begins before this sample."""
        needed = min(self._endpointer.needed_sample, self.heard_sample - KEPT_BEFORE)
        begun = [self._press.start_sample] if self._press else []
        begun += [self._ended.speech.start_sample] if self._ended else []
        return max(0, min([needed, *begun]))

    @property
    def silence(self) -> float:
        """Seconds of silence that now end an utterance."""
        return self._patience.silence

    def judge(self, finished: float) -> None:
        """What a model of turns makes of the silence that has just begun: the probability that it is the end."""
        options = self._options
        is_end = finished > options.finished_above
        self._endpointer.wait(options.least_silence if is_end else options.most_silence)

    def push(self, probability: float) -> list[Heard]:
        """What the next window brings."""
        happened = self._obey(self.heard_sample + WINDOW, self.heard_sample + WINDOW)
        if self._press:
            self._endpointer.skip()
            happened += self._press.hear(probability, self.heard_sample)
        elif self._options.button_only:
            self._endpointer.skip()
        else:
            happened += self._hear(probability)
        return happened

    def finish(self, n_samples: int) -> list[Heard]:
        """What the end of the audio brings. `n_samples` counts all of it, with what fills no window."""
        happened = self._obey(n_samples, n_samples)
        if self._press:
            return happened + self._press.end(n_samples, n_samples, "end")
        speech = self._endpointer.speech
        return happened + [one for end in self._endpointer.finish(n_samples) for one in self._end(end, speech)]

    # --- a button

    def _obey(self, before_sample: int, decided: int) -> list[Heard]:
        """Follow the buttons up to a sample."""
        happened: list[Heard] = []
        while self.orders and self.orders[0].sample < before_sample:
            order = self.orders.popleft()
            if order.held and not self._press:
                happened += self._take(order.sample, decided)
            elif self._press and not order.held:
                happened += self._let_go(self._press, order.sample, decided)
        return happened

    def _take(self, sample: int, decided: int) -> list[Heard]:
        """A button is held from `sample` on: speech that goes on ends there, or is the press if it began after it."""
        speech = self._endpointer.speech if self._announced else None
        start = max(sample, self.heard_sample - KEPT_BEFORE, self._free)
        is_before = speech is not None and speech.start_sample < start
        self._forget()
        self._endpointer.begin_after(start)
        self._press = Press(self._options, start, self.heard_sample, announced=bool(speech) and not is_before)
        self._announced = False
        if not speech or not is_before:
            return []
        stop = min(start, speech.last_voice + self._pad_after)
        return [Heard("ended", decided, speech.start_sample, stop, "button")]

    def _let_go(self, press: Press, sample: int, decided: int) -> list[Heard]:
        happened, self._press = press.end(sample, decided, "button"), None
        self._free = max(sample, press.start_sample + 1)
        self._endpointer.begin_after(self._free)
        return happened

    # --- an open microphone

    def _hear(self, probability: float) -> list[Heard]:
        going_on = self._endpointer.speech
        last_voice = going_on.last_voice if going_on else 0
        found = self._endpointer.push([probability])
        if self._ended:
            self._ended.speech.windows.append((probability, self._endpointer.voiced))
        happened: list[Heard] = []
        for endpoint in found:
            happened += self._end(endpoint, going_on)
        if speech := self._endpointer.speech:
            if speech is going_on and speech.last_voice > last_voice:
                self._pauses.append((speech.last_voice - last_voice - WINDOW) / SPEECH_RATE)
            happened += self._go_on(speech)
        elif self._ended and self.heard_sample - self._ended.speech.last_voice > self._reopen:
            self._forget()
        return happened

    def _go_on(self, speech: Speech) -> list[Heard]:
        """What is to be told of speech that goes on."""
        heard, happened = self.heard_sample, list[Heard]()
        if not self._announced:
            if speech.n_voiced < self._endpointer.min_voiced:
                return []
            happened += self._announce(speech)
        speech = self._endpointer.speech or speech
        if heard == speech.last_voice and heard - self._told >= self._so_far:
            self._told = heard
            happened.append(Heard("so far", heard, speech.start_sample, heard))
        if heard - speech.last_voice >= self._pause and self._paused != speech.last_voice:
            self._paused = speech.last_voice
            happened.append(Heard("paused", heard, speech.start_sample, speech.last_voice + self._pad_after))
        return happened

    def _announce(self, speech: Speech) -> list[Heard]:
        heard, self._announced, self._told = self.heard_sample, True, speech.start_sample
        if not (self._ended and self._reopens(self._ended, speech)):
            return self._start(speech.start_sample, heard, heard)
        ended, self._ended = self._ended, None
        pause = (speech.first_sample - ended.speech.last_voice) / SPEECH_RATE
        self._pauses, self._n_reopened = [*ended.pauses, pause], ended.n_reopened + 1
        self._endpointer.go_on(ended.speech)
        return [Heard("reopened", heard, ended.speech.start_sample, heard)]

    def _reopens(self, ended: _Ended, speech: Speech) -> bool:
        before, heard = ended.speech, self.heard_sample
        is_soon = speech.first_sample - before.last_voice <= self._reopen
        is_short = before.last_voice - before.start_sample <= self._reopen_length
        fits = heard + WINDOW - before.start_sample <= self._max_length
        return is_soon and is_short and fits and ended.n_reopened < self._options.n_reopen

    def _end(self, endpoint: Endpoint, speech: Speech | None) -> list[Heard]:
        """An utterance has ended; one that ended in silence may be reopened. `speech` is what went on before."""
        start, stop, decided, reason = endpoint
        decided, self._free = max(decided, self.heard_sample), stop
        started = [] if self._announced else self._start(start, stop, decided)  # what a cut left over
        self._announced = False
        if reason == "silence" and speech and speech.start_sample == start:
            self._ended = _Ended(speech, self._pauses, self._n_reopened)
        else:
            self._learn(self._pauses)
        return [*started, Heard("ended", decided, start, stop, reason)]

    def _start(self, start: int, stop: int, decided: int) -> list[Heard]:
        self._forget()
        self._pauses, self._n_reopened = [], 0
        return [Heard("started", decided, start, stop)]

    def _forget(self) -> None:
        """The last utterance will not be reopened: its pauses are known."""
        if self._ended:
            self._learn(self._ended.pauses)
            self._ended = None

    def _learn(self, pauses: list[float]) -> None:
        self._patience.learn(pauses)
        self._endpointer.wait(self._patience.silence)


def _samples(*seconds: float) -> tuple[int, ...]:
    return tuple(round(own * SPEECH_RATE) for own in seconds)
