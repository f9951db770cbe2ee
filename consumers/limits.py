"""How much one socket may send: token buckets that are told the time. Pure."""

BYTES_PER_SECOND = 32_000  # 16 kHz, 16 bit
# Design, section 4: kept audio comes at up to eight times real time. The slack covers a network that stood
# still and then delivers half a minute at once, which TCP does faster than any page would send it.
AUDIO_RATE = 8 * BYTES_PER_SECOND
AUDIO_SLACK = 40 * BYTES_PER_SECOND
# Chunks of 20 ms at eight times real time are 400 a second; the usual 100 ms make 80.
MESSAGE_RATE = 420.0
MESSAGE_SLACK = 500.0
# A page's own buttons and playback reports stay far below this.
TEXT_RATE = 20.0
TEXT_SLACK = 200.0


class TokenBucket:
    """Lets `rate` units a second pass, and `slack` at once after a rest."""

    def __init__(self, rate: float, slack: float) -> None:
        self._rate = rate
        self._slack = slack
        self._tokens = slack
        self._filled_at_s: float | None = None

    def take(self, amount: float, now_s: float) -> bool:
        """This will tell whether `amount` may pass; `now_s` is any clock that never goes back."""
        if self._filled_at_s is not None:
            gained = (now_s - self._filled_at_s) * self._rate
            self._tokens = min(self._slack, self._tokens + gained)
        self._filled_at_s = now_s
        if amount > self._tokens:
            return False
        self._tokens -= amount
        return True


class IncomingLimits:
    """The three limits of one socket: messages, text messages, and bytes of audio."""

    def __init__(self) -> None:
        self._messages = TokenBucket(MESSAGE_RATE, MESSAGE_SLACK)
        self._texts = TokenBucket(TEXT_RATE, TEXT_SLACK)
        self._audio = TokenBucket(AUDIO_RATE, AUDIO_SLACK)

    def allows_text(self, now_s: float) -> bool:
        return self._messages.take(1, now_s) and self._texts.take(1, now_s)

    def allows_audio(self, size: int, now_s: float) -> bool:
        return self._messages.take(1, now_s) and self._audio.take(size, now_s)
