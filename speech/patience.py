"""How long a silence may last before a turn is over, learned from a candidate's own pauses."""

from msgspec import Struct

from speech.listening_settings import ListeningSettings

STEP_MS = 50  # finer changes are not worth a line in a log


class Patience(Struct, frozen=True):
    """Milliseconds of silence: when all hints agree, when two of three do, and otherwise."""

    short_ms: int = 700
    medium_ms: int = 1_300
    long_ms: int = 2_500

    def times(self, factor: float) -> "Patience":
        return Patience(
            round(self.short_ms * factor), round(self.medium_ms * factor), round(self.long_ms * factor)
        )


def patience_in(settings: ListeningSettings) -> Patience:
    return Patience(settings.patience_short_ms, settings.patience_medium_ms, settings.patience_long_ms)


class PatienceLearner:
    """A moving average of one candidate's pauses inside turns, and the patience that suits it.

    `patience` is what was learned; the accommodation factor comes on top of it and is not part of it.
    """

    def __init__(self, settings: ListeningSettings) -> None:
        self._settings = settings
        self._start = patience_in(settings)
        self.patience = self._start
        self._mean_ms = float(settings.usual_pause_ms)

    def use(self, patience: Patience) -> None:
        """Go on from what was learned before, in the practice question or before a crash."""
        self.patience = patience
        stretch = patience.long_ms / self._start.long_ms
        self._mean_ms = self._settings.usual_pause_ms * stretch

    def learn(self, pause_ms: int) -> bool:
        """Take in one pause after which the candidate went on. True where patience has changed by it."""
        settings = self._settings
        if not settings.close_after_ms <= pause_ms <= settings.longest_learned_pause_ms:
            return False
        rate = settings.learn_longer if pause_ms > self._mean_ms else settings.learn_shorter
        self._mean_ms += rate * (pause_ms - self._mean_ms)
        learned = self._suited()
        if learned == self.patience:
            return False
        self.patience = learned
        return True

    def _suited(self) -> Patience:
        stretch = self._mean_ms / self._settings.usual_pause_ms
        stretch = min(max(stretch, self._settings.least_stretch), self._settings.most_stretch)
        return Patience(
            short_ms=_stepped(self._start.short_ms * (1 + stretch) / 2),  # three hints need half the caution
            medium_ms=_stepped(self._start.medium_ms * stretch),
            long_ms=_stepped(self._start.long_ms * stretch),
        )


def _stepped(value_ms: float) -> int:
    return round(value_ms / STEP_MS) * STEP_MS
