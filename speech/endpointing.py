"""From speech probabilities to utterances and pauses. Time is the audio: there is no clock in here.

Theory of operation. Each frame is loud enough to be speech or it is not, with hysteresis. Speech begins when
three of five frames say so (an *onset*), which a click never does; it then goes back to the first of them.
From there an *utterance* is open. Frames without speech make a *pause*; a short dip ends with the next voiced
frame, a longer pause only with a new onset, so that typing does not keep a turn open. At `close_after_ms` of
pause the utterance is closed, and the pause goes on being counted until speech begins again. A stretch that
grows too long is cut at its quietest point. All offsets are samples on the audio line.
"""

from collections import deque

from msgspec import Struct

from speech.listening_settings import ListeningSettings
from speech.noise import NoiseFloor, signal_to_noise_db
from speech.sample_clock import FRAME_SAMPLES, in_frames, samples_of

CUT_WINDOW_FRAMES = 5  # judged: 160 ms of quiet rather than one quiet frame inside a word
CUT_NOT_AFTER_FRAMES = 6  # the newest frames may be the middle of a word that only begins


class SpeechBegan(Struct, frozen=True):
    """Speech at `at` opens a new utterance; `pause_from` is where the speech before it ended, if there was
    any.
    """

    at: int
    pause_from: int | None


class SpeechResumed(Struct, frozen=True):
    """The open utterance goes on at `at` after a pause that was longer than a dip."""

    at: int
    pause_from: int


class SpeechLasted(Struct, frozen=True):
    since: int
    speech_samples: int


class PauseGrew(Struct, frozen=True):
    """The line has been quiet from `since` on, for `samples` by now; once for each quiet frame."""

    since: int
    samples: int


class UtteranceClosed(Struct, frozen=True):
    """[start, end) holds one stretch of speech with its margins, from `first` to `last`.

    `is_speech` is False for sounds too short or too faint to be words. `is_cut`: speech goes on behind it.
    `snr_db` is how far its speech stands above the line's noise; None where none of its frames was speech.
    """

    start: int
    end: int
    first: int
    last: int
    speech_samples: int
    is_speech: bool
    is_cut: bool = False
    snr_db: float | None = None


Endpoint = SpeechBegan | SpeechResumed | SpeechLasted | PauseGrew | UtteranceClosed


class Frame(Struct, frozen=True):
    """One frame: where it starts, its speech probability, and the mean square of its samples."""

    start: int
    probability: float
    loudness: float

    @property
    def end(self) -> int:
        return self.start + FRAME_SAMPLES


class OpenUtterance:
    """A stretch of speech that is still growing."""

    def __init__(self, start: int, first: int, frames: list[Frame], *, is_rest: bool = False) -> None:
        """`is_rest`: it is what a cut left behind, and speech already for that reason."""
        self.start = start
        self.first = first
        self.frames = frames
        self.is_rest = is_rest
        self.voiced = 0
        self.voiced_loudness = 0.0  # the sum over its voiced frames
        self.peak = 0.0
        self.has_lasted = is_rest

    def add(self, frame: Frame, *, is_voiced: bool) -> None:
        self.frames.append(frame)
        self.count(frame, is_voiced=is_voiced)

    def count(self, frame: Frame, *, is_voiced: bool) -> None:
        if is_voiced:
            self.voiced += 1
            self.voiced_loudness += frame.loudness
            self.peak = max(self.peak, frame.probability)

    def give_away(self, frame: Frame) -> None:
        """A voiced frame that belongs to what comes behind a cut."""
        self.voiced -= 1
        self.voiced_loudness -= frame.loudness

    @property
    def speech_samples(self) -> int:
        return self.voiced * FRAME_SAMPLES

    def is_speech(self, settings: ListeningSettings) -> bool:
        if self.is_rest:
            return self.voiced > 0
        is_long = self.speech_samples >= samples_of(settings.min_speech_ms)
        return is_long and self.peak >= settings.speech_peak


class Endpointer:
    """Follows one audio line frame by frame."""

    def __init__(self, settings: ListeningSettings, offset: int = 0) -> None:
        self._settings = settings
        self.position = offset
        self.utterance: OpenUtterance | None = None
        self.last_voiced: int | None = None  # where the latest speech ended
        self._is_quiet = True
        self._taken_to = offset  # no utterance reaches back before this
        self._onset: deque[tuple[Frame, bool]] = deque(maxlen=settings.onset_window_frames)
        self._noise = NoiseFloor()

    @property
    def is_speaking(self) -> bool:
        return not self._is_quiet

    @property
    def oldest_needed(self) -> int:
        """Samples before this belong to no utterance that is open or could still begin."""
        if self.utterance is not None:
            return self.utterance.start
        reach = samples_of(self._settings.pre_roll_ms) + FRAME_SAMPLES * self._settings.onset_window_frames
        return max(self._taken_to, self.position - reach)

    def push(self, probability: float, loudness: float) -> list[Endpoint]:
        """This will take in the next frame and tell what it changed, in order."""
        frame = Frame(self.position, probability, loudness)
        self.position = frame.end
        self._noise.push(loudness)
        found = self._push_in_quiet(frame) if self._is_quiet else self._push_in_speech(frame)
        return found + self._cut_if_too_long()

    def assume_spoken(self) -> None:
        """Somebody spoke before this line was followed: the silence since then is a pause."""
        if self.last_voiced is None:
            self.last_voiced = self.position

    def close_now(self) -> UtteranceClosed | None:
        """This will close the open utterance as it stands; None where there is none."""
        utterance, self.utterance = self.utterance, None
        self._is_quiet = True
        self._onset.clear()
        if utterance is None or self.last_voiced is None:
            return None
        tail = in_frames(self._settings.speculate_after_ms)
        return self._close(utterance, min(self.position, self.last_voiced + tail), self.last_voiced)

    def skip_to(self, offset: int) -> UtteranceClosed | None:
        """This will move on over missing audio; what was open ends before it, and silence counts from
        `offset`.
        """
        closed = self.close_now()
        self.position = self._taken_to = offset
        if self.last_voiced is not None:
            self.last_voiced = offset
        return closed

    # --- speech goes on

    def _push_in_speech(self, frame: Frame) -> list[Endpoint]:
        utterance = self._open()
        is_voiced = frame.probability >= self._settings.speech_until
        utterance.add(frame, is_voiced=is_voiced)
        if is_voiced:
            self.last_voiced = frame.end
            return self._lasted(utterance)
        self._is_quiet = True
        self._onset.clear()
        return self._grow_pause()

    def _lasted(self, utterance: OpenUtterance) -> list[Endpoint]:
        if utterance.has_lasted or utterance.speech_samples < samples_of(self._settings.lasted_ms):
            return []
        utterance.has_lasted = True
        return [SpeechLasted(utterance.first, utterance.speech_samples)]

    # --- a pause goes on, or ends

    def _push_in_quiet(self, frame: Frame) -> list[Endpoint]:
        is_voiced = frame.probability >= self._settings.speech_from
        if self.utterance is not None:
            self.utterance.add(frame, is_voiced=False)
        self._onset.append((frame, is_voiced))
        if is_voiced and self._is_dip(frame):
            return self._resume(frame)
        if sum(voiced for _, voiced in self._onset) >= self._settings.onset_frames:
            return self._begin()
        if is_voiced or self._was_voiced_just_now():
            return []  # undecided for a frame or two: the pause neither grows nor ends
        return self._grow_pause()

    def _is_dip(self, frame: Frame) -> bool:
        if self.utterance is None or self.last_voiced is None:
            return False
        return frame.start - self.last_voiced <= samples_of(self._settings.dip_ms)

    def _was_voiced_just_now(self) -> bool:
        return len(self._onset) >= 2 and self._onset[-2][1]

    def _resume(self, frame: Frame) -> list[Endpoint]:
        """Speech goes on in the open utterance as if it had never paused."""
        utterance = self._open()
        utterance.count(frame, is_voiced=True)
        self.last_voiced = frame.end
        self._is_quiet = False
        return self._lasted(utterance)

    def _begin(self) -> list[Endpoint]:
        voiced = [frame for frame, is_voiced in self._onset if is_voiced]
        pause_from, first = self.last_voiced, voiced[0].start
        self._is_quiet = False
        self.last_voiced = voiced[-1].end
        found: Endpoint
        if self.utterance is not None and pause_from is not None:
            found = SpeechResumed(first, pause_from)
        else:
            start = max(self._taken_to, first - samples_of(self._settings.pre_roll_ms))
            frames = [frame for frame, _ in self._onset]
            self.utterance = OpenUtterance(start, first, frames)
            found = SpeechBegan(first, pause_from)
        for frame in voiced:
            self.utterance.count(frame, is_voiced=True)
        self._onset.clear()
        return [found, *self._lasted(self.utterance)]

    def _grow_pause(self) -> list[Endpoint]:
        if self.last_voiced is None:
            return []
        samples = self.position - self.last_voiced
        found: list[Endpoint] = [PauseGrew(self.last_voiced, samples)]
        if self.utterance is not None and samples >= in_frames(self._settings.close_after_ms):
            closed = self.close_now()
            found += [closed] if closed is not None else []
        return found

    # --- utterances end

    def _open(self) -> OpenUtterance:
        if self.utterance is None:
            raise RuntimeError("speech without an utterance")
        return self.utterance

    def _close(
        self, utterance: OpenUtterance, end: int, last: int, *, is_cut: bool = False
    ) -> UtteranceClosed:
        self._taken_to = end
        return UtteranceClosed(
            start=utterance.start,
            end=end,
            first=utterance.first,
            last=last,
            speech_samples=utterance.speech_samples,
            is_speech=is_cut or utterance.is_speech(self._settings),
            is_cut=is_cut,
            snr_db=self._snr_db(utterance),
        )

    def _snr_db(self, utterance: OpenUtterance) -> float | None:
        if utterance.voiced <= 0:
            return None
        return signal_to_noise_db(utterance.voiced_loudness / utterance.voiced, self._noise.loudness)

    def _cut_if_too_long(self) -> list[Endpoint]:
        utterance = self.utterance
        if utterance is None:
            return []
        if self.position - utterance.start < samples_of(self._settings.longest_utterance_ms):
            return []
        index = quietest(utterance.frames, self._settings.cut_not_before)
        cut = utterance.frames[index].start
        rest = OpenUtterance(cut, cut, [], is_rest=True)
        for frame in utterance.frames[index:]:
            is_voiced = frame.probability >= self._settings.speech_until
            rest.add(frame, is_voiced=is_voiced)
            if is_voiced:
                utterance.give_away(frame)
        self.utterance = rest
        return [self._close(utterance, cut, cut, is_cut=True)]


def quietest(frames: list[Frame], not_before: float) -> int:
    """The index of the frame in the middle of the quietest passage, not too near to either end."""
    first = int(len(frames) * not_before)
    last = len(frames) - CUT_NOT_AFTER_FRAMES - CUT_WINDOW_FRAMES
    loudness = [frame.loudness for frame in frames]
    sums = {at: sum(loudness[at : at + CUT_WINDOW_FRAMES]) for at in range(first, max(first + 1, last))}
    return min(sums, key=sums.__getitem__) + CUT_WINDOW_FRAMES // 2
