"""One listener per live audio line: from samples to words and turns.

Theory of operation. `push` runs the VAD inline (some 50 µs a frame) and feeds the endpointer; recognition and
the turn model are tasks. What they find goes through a *queue of reports* in the order of the audio: an
utterance waits for its words, a long pause for its judgement, and nothing overtakes. A pause is judged from
the audio and the words before it, never from when they came in, so the same audio gives the same reports at
any speed. While a pause awaits its judgement, later speech waits behind it: a turn's end is always reported
before what was said after it.

A listener may begin at any settled offset and knows nothing of what came before; nothing it reports is
remembered.
"""

import asyncio
import contextlib
from collections.abc import Callable

import numpy as np

from speech import endpointing as ep
from speech.captions import Captions
from speech.delivery import Delivery
from speech.heard import (
    AudioSettled,
    EndReason,
    Heard,
    PartialHeard,
    PauseLearned,
    SpeechLasted,
    SpeechStarted,
    SpeechStopped,
    TurnEndHeard,
    UtteranceEmpty,
    UtteranceHeard,
    UtteranceLost,
)
from speech.listening_settings import ListeningSettings
from speech.patience import Patience
from speech.reports import EndReport, PauseReport, Recognised, UtteranceReport
from speech.sample_clock import FRAME_SAMPLES, as_floats, in_frames, ms_of, samples_of
from speech.tape import Tape
from speech.transcribing import Transcribing
from speech.transcript import Recognition, Word
from speech.turn_model import TurnModel
from speech.turn_watch import Pause, TurnWatch
from speech.vad import VoiceActivityModel
from speech.weighing import Weighing

__all__ = [
    "AudioSettled",
    "EndReason",
    "Heard",
    "Listener",
    "PartialHeard",
    "PauseLearned",
    "SpeechLasted",
    "SpeechStarted",
    "SpeechStopped",
    "TurnEndHeard",
    "UtteranceEmpty",
    "UtteranceHeard",
    "UtteranceLost",
    "Word",
]


class Listener:
    """Hears one audio line. All methods are called on the event loop; those that wait are coroutines.

    `emit` is called with each `Heard` in order, from within these methods or from tasks; it may call back.
    """

    def __init__(  # noqa: PLR0913 (all keyword-only, and each is a part of its own)
        self,
        *,
        recognition: Recognition,
        voice_activity: VoiceActivityModel,
        turn_model: TurnModel,
        emit: Callable[[Heard], None],
        settings: ListeningSettings | None = None,
        start_offset: int = 0,
        session: str = "",
        language: str = "en",
    ) -> None:
        self._settings = settings or ListeningSettings()
        self._detector = voice_activity.open()
        self._endpointer = ep.Endpointer(self._settings, start_offset)
        self._turn = TurnWatch(self._settings, language)
        self._tape = Tape(start_offset)
        self._delivery = Delivery(self._turn, emit)
        self._transcribing = Transcribing(recognition, session=session, language=language)
        self._captions = Captions(self._settings, self._transcribing, self._tape, self._delivery.tell)
        self._weighing = Weighing(self._settings, turn_model, self._tape, self._pump)
        self._rest = b""
        self._pause: Pause | None = None
        self._settled = start_offset
        self._wants_finish = False
        self._handlers: dict[type, Callable[..., None]] = {
            ep.SpeechBegan: self._on_began,
            ep.SpeechResumed: self._on_resumed,
            ep.SpeechLasted: self._on_lasted,
            ep.PauseGrew: self._on_pause_grew,
            ep.UtteranceClosed: self._on_closed,
        }

    # --- audio

    def push(self, pcm: bytes) -> None:
        """Take in the samples that come next on the line (mono s16le 16 kHz, any number)."""
        self._tape.append(pcm)
        samples = as_floats(self._rest + pcm)
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = (self._rest + pcm)[whole * 2 :]
        frames = samples[:whole].reshape(-1, FRAME_SAMPLES)
        probabilities = self._detector.probabilities(samples[:whole])
        for probability, loudness in zip(probabilities, np.mean(frames**2, axis=1), strict=True):
            for found in self._endpointer.push(probability, float(loudness)):
                self._handlers[type(found)](found)
        if self._endpointer.is_speaking:
            self._keep_speaking()
        elif self._pause is not None and self._pause.is_queued:
            self._pause.mark(asyncio.get_running_loop().time())
        self._pump()

    def skip_to(self, offset: int) -> None:
        """The line goes on at `offset`: what lies between is missing, counts as silence and is settled."""
        if offset <= self._tape.end:
            return
        self._break_line(offset)
        self._tape.skip_to(offset)

    def pause(self) -> None:
        """The line stands still for a while: what was begun is finished, and no turn ends meanwhile."""
        self._break_line(self.position)

    @property
    def position(self) -> int:
        """The sample up to which everything was looked at."""
        return self._endpointer.position

    @property
    def settled_offset(self) -> int:
        """Everything before it held no speech or was reported: listening may begin again here."""
        oldest = self._delivery.queue.oldest_utterance()
        needed = self._endpointer.oldest_needed
        return needed if oldest is None else min(oldest, needed)

    # --- the turn

    def open_turn(self, *, has_spoken: bool = False) -> None:
        """The candidate has the floor. `has_spoken`: words of this very turn were reported by a former
        listener.
        """
        utterance = self._endpointer.utterance
        if has_spoken:
            self._endpointer.assume_spoken()
        self._turn.open(
            position=self.position,
            speaking_since=None if utterance is None else utterance.first,
            has_spoken=has_spoken,
        )
        if has_spoken and utterance is None:
            self._turn.hold(self.position, self._settings.return_ms, self._pause)
        self._pump()

    def close_turn(self) -> None:
        """The floor is somebody else's: no turn ends, but speech is still heard and reported."""
        self._turn.close()
        self._wants_finish = False
        self._pump()

    def hold(self, ms: int) -> None:
        """ "Give me a moment": for `ms` of audio, or until speech begins, silence does not count."""
        self._turn.hold(self.position, ms, self._pause)

    def finish(self) -> None:
        """ "I'm done": report the turn's end as soon as its last words are known."""
        if not self._turn.is_open:
            return
        if self._turn.may_end:
            self._end_turn("done")
            self._pump()
        else:
            self._wants_finish = True

    def set_enough(self, is_enough: bool | None) -> None:
        """Whether enough was said for the question; one hint of three."""
        self._turn.is_enough = is_enough
        self._pump()

    def allow_turn_end(self, is_allowed: bool) -> None:
        """False while the page still sends audio of the past: no turn ends in it."""
        self._turn.may_end = is_allowed
        if is_allowed and self._wants_finish:
            self._wants_finish = False
            self.finish()
        self._pump()

    @property
    def patience(self) -> Patience:
        """What was learned from this candidate's pauses, without the accommodation factor."""
        return self._turn.learner.patience

    def set_patience(self, patience: Patience) -> None:
        """Go on from what was learned before; the accommodation factor comes on top."""
        self._turn.learner.use(patience)

    async def rest(self) -> None:
        """Returns when everything that was heard so far has its words and hints."""
        await asyncio.sleep(0)  # what is done already calls back first
        while tasks := {*self._transcribing.tasks, *self._weighing.tasks}:
            await asyncio.wait(tasks)
            await asyncio.sleep(0)

    async def hear_out(self, within_s: float) -> None:
        """Close what is open and report all that was heard; what has no words by then is lost."""
        self.close_turn()
        self.pause()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self.rest()
        self._delivery.give_up()

    async def aclose(self) -> None:
        """Stop all tasks; nothing is emitted any more."""
        self._delivery.is_closed = True
        await self._weighing.aclose()
        await self._transcribing.aclose()

    # --- what the endpointer found

    def _on_began(self, found: ep.SpeechBegan) -> None:
        self._end_pause()
        pause_samples = self._turn.speech_began(found.at, found.pause_from)
        self._captions.begin(self._endpointer.oldest_needed, since=found.at, pause_samples=pause_samples)
        self._delivery.tell(SpeechStarted(ms_of(found.at)))

    def _on_resumed(self, found: ep.SpeechResumed) -> None:
        self._end_pause()
        self._transcribing.drop_speculation()

    def _on_lasted(self, found: ep.SpeechLasted) -> None:
        self._delivery.tell(SpeechLasted(ms_of(found.since), ms_of(found.speech_samples)))

    def _on_pause_grew(self, found: ep.PauseGrew) -> None:
        pause = self._pause
        if pause is None or pause.since != found.since:
            self._end_pause()
            pause = self._pause = Pause(found.since, self._turn.held_until)
        pause.samples = found.samples
        if pause.samples >= in_frames(self._settings.speculate_after_ms):
            self._speculate(pause)
            if self._turn.is_too_long(self.position, is_pausing=True):
                self._end_turn("too_long")
        if self._turn.may_be_end(pause):
            self._weighing.grow(pause, self.position)
            self._queue(pause)

    def _queue(self, pause: Pause) -> None:
        if not pause.is_queued and pause.samples >= in_frames(self._settings.shortest_wait_ms):
            pause.is_queued = True
            self._delivery.queue.put(PauseReport(pause))

    def _on_closed(self, closed: ep.UtteranceClosed) -> None:
        growing = self._captions.end()
        if growing is None:
            return
        report = UtteranceReport(closed, growing.utterance_id, growing.pause_samples)
        self._delivery.queue.put(report)
        if closed.is_speech:
            self._recognise(report)
        else:
            self._transcribing.drop_speculation()
            report.set_empty()
        if closed.is_cut:
            self._captions.begin(closed.end, since=self.position)
        else:
            self._delivery.tell(SpeechStopped(ms_of(closed.last), ms_of(closed.speech_samples)))

    def _recognise(self, report: UtteranceReport) -> None:
        def then(found: Recognised) -> None:
            report.set_recognised(found)
            self._pump()

        start, end = report.closed.start, report.closed.end
        self._transcribing.finish(start, end, self._tape.cut(start, end), then)

    def _keep_speaking(self) -> None:
        utterance = self._endpointer.utterance
        if utterance is not None:
            self._captions.grow(utterance, self.position, is_turn_open=self._turn.is_open)
        if self._turn.is_too_long(self.position, is_pausing=False):
            self._end_turn("too_long")

    # --- pauses

    def _speculate(self, pause: Pause) -> None:
        utterance = self._endpointer.utterance
        if utterance is None or pause.is_speculated:
            return
        pause.is_speculated = True
        if utterance.is_speech(self._settings):
            end = pause.since + in_frames(self._settings.speculate_after_ms)
            self._transcribing.speculate(utterance.start, end, self._tape.cut(utterance.start, end))

    def _end_pause(self) -> None:
        if self._pause is not None:
            self._pause.is_over = True
            self._pause = None

    def _break_line(self, offset: int) -> None:
        """Nothing that lies before `offset` is joined to anything behind it."""
        closed = self._endpointer.skip_to(offset)
        if closed is not None:
            self._on_closed(closed)
        if self._pause is not None:
            self._pause.is_void = True
        self._end_pause()
        self._rest = b""
        self._detector.reset()
        self._pump()

    def _end_turn(self, reason: EndReason) -> None:
        """Close what is open and report the end of the turn behind it."""
        closed = self._endpointer.close_now()
        if closed is not None:
            self._on_closed(closed)
        if self._pause is not None:
            self._pause.is_void = True
        self._turn.restart_length()
        last = self._endpointer.last_voiced
        at = self.position if last is None else last
        self._delivery.queue.put(EndReport(reason, at, asyncio.get_running_loop().time()))

    # --- reports

    def _pump(self) -> None:
        """Report what is ready, tell what may be forgotten, and forget it here too."""
        self._delivery.pump()
        settled = self.settled_offset
        if settled - self._settled >= samples_of(self._settings.settle_every_ms):
            self._settled = settled
            self._delivery.emit(AudioSettled(settled))
        window = samples_of(self._settings.turn_window_ms)
        self._tape.forget_before(min(settled, self.position - window))
