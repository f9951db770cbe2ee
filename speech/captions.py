"""The captions of the open utterance: when the next partial is due, and what it shows."""

from collections.abc import Callable

from speech.endpointing import OpenUtterance
from speech.heard import PartialHeard
from speech.listening_settings import ListeningSettings
from speech.sample_clock import ms_of, samples_of
from speech.stable_text import StableText
from speech.tape import Tape
from speech.transcribing import Transcribing


class GrowingUtterance:
    """The open utterance as its captions and its report see it."""

    def __init__(self, start: int, *, since: int, pause_samples: int, unstable_words: int) -> None:
        self.utterance_id = ms_of(start)
        self.pause_samples = pause_samples
        self.stable = StableText(unstable_words=unstable_words)
        self.captioned_to = since
        self.has_caption = False


class Captions:
    """One partial at a time: the next begins when it is due and the one before it is done."""

    def __init__(
        self,
        settings: ListeningSettings,
        transcribing: Transcribing,
        tape: Tape,
        tell: Callable[[PartialHeard], None],
    ) -> None:
        self.growing: GrowingUtterance | None = None
        self._settings = settings
        self._transcribing = transcribing
        self._tape = tape
        self._tell = tell

    def begin(self, start: int, *, since: int, pause_samples: int = 0) -> None:
        """A new utterance is open from `start` on; the first caption is timed from `since`."""
        unstable_words = self._settings.unstable_words
        self.growing = GrowingUtterance(
            start, since=since, pause_samples=pause_samples, unstable_words=unstable_words
        )

    def end(self) -> GrowingUtterance | None:
        """The utterance is closed: what a partial still finds is not shown."""
        growing, self.growing = self.growing, None
        self._transcribing.drop_partial()
        return growing

    def grow(self, utterance: OpenUtterance, position: int, *, is_turn_open: bool) -> None:
        """Speech goes on up to `position`: begin the next partial when it is due."""
        growing = self.growing
        if (
            growing is None
            or self._transcribing.is_partial_running
            or not utterance.is_speech(self._settings)
        ):
            return
        if position - growing.captioned_to < samples_of(self._wait_ms(growing, is_turn_open=is_turn_open)):
            return
        growing.captioned_to = position
        growing.has_caption = True

        def show(text: str) -> None:
            if self.growing is growing:
                caption, stable_chars = growing.stable.take(text)
                self._tell(PartialHeard(growing.utterance_id, caption, stable_chars))

        self._transcribing.start_partial(self._tape.cut(utterance.start, position), show)

    def _wait_ms(self, growing: GrowingUtterance, *, is_turn_open: bool) -> int:
        if not is_turn_open:
            return self._settings.barge_in_partial_ms
        return self._settings.partial_every_ms if growing.has_caption else self._settings.first_partial_ms
