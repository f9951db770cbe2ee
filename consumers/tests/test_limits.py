"""What one socket may send, without waiting for time to pass."""

from consumers.limits import AUDIO_RATE, BYTES_PER_SECOND, IncomingLimits, TokenBucket

CHUNK = 3_208  # 100 ms


def seconds_until_refused(times_real_time: float, limit_s: float) -> float | None:
    limits, now_s = IncomingLimits(), 0.0
    step_s = 0.1 / times_real_time
    while now_s < limit_s:
        if not limits.allows_audio(CHUNK - 8, now_s):
            return now_s
        now_s += step_s
    return None


def test_real_time_may_go_on_for_ever() -> None:
    assert seconds_until_refused(1, 3_600) is None


def test_kept_audio_may_come_at_eight_times_real_time() -> None:
    assert seconds_until_refused(8, 600) is None


def test_ten_times_real_time_is_not_kept_up() -> None:
    refused_at = seconds_until_refused(10, 600)
    assert refused_at is not None
    assert refused_at < 30


def test_a_thousand_messages_a_second_are_refused() -> None:
    limits = IncomingLimits()
    assert not all(limits.allows_audio(2, number / 1_000) for number in range(1_000))


def test_a_thousand_buttons_a_second_are_refused_at_once() -> None:
    limits = IncomingLimits()
    assert not all(limits.allows_text(number / 1_000) for number in range(250))


def test_a_bucket_fills_again_but_never_over() -> None:
    bucket = TokenBucket(rate=1, slack=2)
    assert bucket.take(2, now_s=0)
    assert not bucket.take(1, now_s=0.5)
    assert bucket.take(1, now_s=1.0)
    assert not bucket.take(3, now_s=100)
    assert bucket.take(2, now_s=100)


def test_the_rate_is_the_protocols() -> None:
    assert AUDIO_RATE == 8 * BYTES_PER_SECOND == 8 * 16_000 * 2
