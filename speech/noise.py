"""How far speech stands above what is heard when nobody speaks. Pure.

The noise is taken for the quietest twentieth of the line's last twenty seconds: minimum statistics, made
simple (R. Martin, "Noise power spectral density estimation based on optimal smoothing and minimum
statistics", 2001). It needs no decision about which frames are speech, and every talk has gaps of a second in
twenty. A microphone that mutes itself between words hides its noise; then the figure says nothing and other
signs must.
"""

from collections import deque
from math import log10

WINDOW_FRAMES = 625  # 20 s of 512-sample frames: more than the longest utterance
QUIET_SHARE = 0.05
BEST_DB = 60.0  # above: digital silence, or a studio; no more is to be told apart


class NoiseFloor:
    """Follows the loudness of one line; a loudness is the mean square of a frame's samples."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=WINDOW_FRAMES)

    def push(self, loudness: float) -> None:
        self._recent.append(loudness)

    @property
    def loudness(self) -> float:
        """The mean of the quietest twentieth; 0 before anything was heard."""
        if not self._recent:
            return 0.0
        quiet = sorted(self._recent)[: max(int(len(self._recent) * QUIET_SHARE), 1)]
        return sum(quiet) / len(quiet)


def signal_to_noise_db(speech_loudness: float, noise_loudness: float) -> float:
    """The ratio of speech alone to noise, in dB between -BEST_DB and BEST_DB."""
    speech = max(speech_loudness - noise_loudness, 0.0)
    if speech == 0.0:
        return -BEST_DB
    if noise_loudness == 0.0:
        return BEST_DB
    return round(min(max(10 * log10(speech / noise_loudness), -BEST_DB), BEST_DB), 1)
