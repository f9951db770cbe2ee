"""Watches the open turn: its pauses, its words, its length. Pure; every position is a sample on the audio
line.

A pause is judged only when all words before it are known, and from what was on the line, not from when
results came in: the same audio gives the same turn ends at any speed. So a pause may be judged after it is
over.
"""

from enum import Enum, auto

from msgspec import Struct

from speech.listening_settings import ListeningSettings
from speech.patience import Patience, PatienceLearner
from speech.sample_clock import in_frames, ms_of, samples_of
from speech.turn_end import Hints, wait_ms
from speech.turn_text import sounds_finished

MAX_MARKS = 256  # a pause of 25 s has long been judged


class Pause:
    """One silence: from the last spoken sample on, for `samples` so far."""

    def __init__(self, since: int, held_until: int = 0) -> None:
        self.since = since
        self.held_until = held_until  # the candidate asked for a moment: up to there silence does not count
        self.samples = 0
        self.is_over = False
        self.is_void = False  # it has ended a turn already, or a gap or a break fell into it
        self.is_queued = False  # awaits its judgement
        self.is_speculated = False  # a final of what lies before it was begun
        self.opinions: dict[int, float | None] = {}  # the turn model's, by how often it was asked before
        self.asked = 0
        self._marks: list[tuple[int, float]] = []

    def mark(self, at_s: float) -> None:
        """Remember that the pause has its present length at wall time `at_s`."""
        if len(self._marks) < MAX_MARKS:
            self._marks.append((self.samples, at_s))

    def reached_at_s(self, samples: int) -> float | None:
        """The wall time at which the pause was that long; None where nobody looked."""
        return next((at_s for length, at_s in self._marks if length >= samples), None)

    @property
    def is_asking(self) -> bool:
        return len(self.opinions) < self.asked


class Verdict(Enum):
    ENDS_TURN = auto()
    IS_NO_END = auto()
    NOT_YET = auto()


class Judgement(Struct, frozen=True):
    verdict: Verdict
    needed_samples: int = 0  # how long this pause had to be


NOT_YET, IS_NO_END = Judgement(Verdict.NOT_YET), Judgement(Verdict.IS_NO_END)


class TurnWatch:
    """The state of one candidate's turn, as far as hearing knows it."""

    def __init__(self, settings: ListeningSettings, language: str) -> None:
        self._settings = settings
        self._language = language
        self.learner = PatienceLearner(settings)
        self.is_open = False
        self.may_end = True
        self.is_enough: bool | None = None
        self._has_words = False  # in this turn, reported
        self._text: str | None = None  # the latest words of this turn
        self._words_while_closed: tuple[str | None, int] | None = None  # and where they ended
        self._opened_at = 0
        self._began: int | None = None  # where the first speech of this turn lies
        self.held_until = 0
        self._ended_at: int | None = None

    # --- the floor

    def open(self, *, position: int, speaking_since: int | None, has_spoken: bool) -> None:
        """`has_spoken`: words of this turn were reported to somebody before this listener began."""
        self.is_open = True
        self._opened_at = position
        if not has_spoken:
            self._ended_at = None  # a reply lies between: what is said now is no afterthought
        self._has_words, self._text = has_spoken, None
        if self._words_while_closed is not None:
            text, ended_at = self._words_while_closed
            if position - ended_at <= samples_of(self._patience().long_ms):
                self._has_words, self._text = True, text  # they are why the turn was opened
        self._began = speaking_since
        if self._began is None and self._has_words:
            self._began = position
        self._words_while_closed = None
        self.held_until = 0

    def close(self) -> None:
        self.is_open = False
        self._has_words = False
        self._words_while_closed = None

    def hold(self, position: int, ms: int, pause: Pause | None) -> None:
        """`pause` is the one that is under way."""
        self.held_until = position + samples_of(ms)
        if pause is not None:
            pause.held_until = self.held_until

    # --- what is heard

    def speech_began(self, at: int, pause_from: int | None) -> int:
        """Speech begins; the pause before it in samples, where the turn went on over it, else 0."""
        self.held_until = 0
        if self.is_open and self._began is None:
            self._began = at
        if pause_from is None:
            return 0
        is_inner = self.is_open and pause_from >= self._opened_at
        grace = samples_of(self._settings.grace_ms)
        is_afterthought = self._ended_at is not None and at - self._ended_at <= grace
        return at - pause_from if is_inner or is_afterthought else 0

    def words_came(self, text: str | None, end: int, pause_samples: int) -> bool:
        """An utterance that ends at `end` is reported, in order; None where its words are lost. True where
        patience has changed.
        """
        if self.is_open:
            self._has_words = True
            self._text = text
        else:
            self._words_while_closed = (text, end)
        return bool(pause_samples) and self.learner.learn(ms_of(pause_samples))

    # --- the end

    def may_be_end(self, pause: Pause) -> bool:
        """Whether this pause follows speech of the open turn, so that it is worth being judged."""
        return self.is_open and not pause.is_void and (pause.since >= self._opened_at or self._has_words)

    def judge(self, pause: Pause) -> Judgement:
        """This will tell whether `pause` ends the turn. Ask once all words before it were reported."""
        if not self.is_open or not self._has_words or pause.is_void:
            return IS_NO_END
        if pause.is_asking:
            return NOT_YET
        undecided = IS_NO_END if pause.is_over else NOT_YET
        if not self.may_end:
            return undecided
        needed = in_frames(wait_ms(self._hints(pause), self._patience(), self._settings))
        needed += max(0, pause.held_until - pause.since)
        if pause.samples < needed:
            return undecided
        return Judgement(Verdict.ENDS_TURN, needed)

    def ended(self, at: int) -> None:
        """The end of the turn is reported; more words make another one."""
        self._has_words = False
        self._text = None
        self._began = None
        self._ended_at = at

    def is_too_long(self, position: int, *, is_pausing: bool) -> bool:
        if not self.is_open or self._began is None or not self.may_end:
            return False
        slack = 0 if is_pausing else self._settings.longest_turn_slack_ms
        return position - self._began >= samples_of(self._settings.longest_turn_ms + slack)

    def restart_length(self) -> None:
        """The turn was found too long, or done; what comes next is measured anew."""
        self._began = None

    def _hints(self, pause: Pause) -> Hints:
        return Hints(
            is_text_finished=None if self._text is None else sounds_finished(self._text, self._language),
            completeness=pause.opinions.get(0),
            completeness_later=pause.opinions.get(1),
            is_enough=self.is_enough,
        )

    def _patience(self) -> Patience:
        return self.learner.patience.times(self._settings.patience_factor)
