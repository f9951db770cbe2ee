from hypothesis import given
from hypothesis import strategies as st

from speech.scheduling import MOST_FINALS, MOST_FINALS_OF_ONE, MOST_PARTIALS, Job, Queue


def final(key: int, session: str = "a", audio_ms: int = 2_000) -> Job:
    return Job(key, session, "final", audio_ms)


def partial(key: int, session: str = "a") -> Job:
    return Job(key, session, "partial", 1_000)


def taken(queue: Queue, running_partials: int = 0) -> list[int]:
    keys = []
    while job := queue.take(running_partials):
        keys.append(job.key)
    return keys


def test_finals_go_before_partials() -> None:
    queue = Queue(2)
    queue.offer(partial(1, "a"), 0)
    queue.offer(final(2, "b"), 10)
    assert taken(queue) == [2, 1]


def test_among_finals_the_earliest_deadline_goes_first() -> None:
    queue = Queue(1)
    queue.offer(final(1, "a"), 50)
    queue.offer(final(2, "b"), 20)
    queue.offer(final(3, "c"), 20)
    assert taken(queue) == [2, 3, 1]


def test_who_sends_a_minute_at_once_does_not_delay_who_speaks_now() -> None:
    queue = Queue(1)
    for key in range(1, 11):
        queue.offer(final(key, "returns", audio_ms=6_000), 0)
    queue.offer(final(11, "speaks"), 100)
    assert queue.take(0) == final(1, "returns", audio_ms=6_000)
    assert queue.take(0) == final(11, "speaks")


def test_a_speculation_taken_back_costs_its_session_nothing() -> None:
    queue = Queue(1)
    speculation = final(1, "a", audio_ms=10_000)
    queue.offer(speculation, 0)
    assert queue.remove(speculation)
    queue.offer(final(2, "a"), 0)
    queue.offer(final(3, "b"), 1)
    assert taken(queue) == [2, 3]


def test_the_newest_partial_of_a_session_takes_the_place_of_the_one_before() -> None:
    queue = Queue(2)
    queue.offer(partial(1, "a"), 0)
    queue.offer(partial(2, "b"), 5)
    offered = queue.offer(partial(3, "a"), 10)
    assert offered.displaced == partial(1, "a")
    assert taken(queue) == [3, 2]


def test_a_final_displaces_the_partial_of_its_session_only() -> None:
    queue = Queue(2)
    queue.offer(partial(1, "a"), 0)
    queue.offer(partial(2, "b"), 0)
    assert queue.offer(final(3, "a"), 1).displaced == partial(1, "a")
    assert taken(queue) == [3, 2]


def test_partials_leave_one_lane_free() -> None:
    queue = Queue(2)
    queue.offer(partial(1), 0)
    assert queue.take(running_partials=1) is None
    assert queue.take(running_partials=0) == partial(1)
    alone = Queue(1)
    alone.offer(partial(2), 0)
    assert alone.take(running_partials=0) == partial(2)


def test_what_is_tried_again_goes_first() -> None:
    queue = Queue(1)
    queue.offer(final(2, "b"), 0)
    queue.put_back(final(1, "a"), 100)
    assert taken(queue) == [1, 2]


def test_everything_has_a_bound() -> None:
    queue = Queue(2)
    accepted = [queue.offer(final(key, "a"), 0).is_taken for key in range(MOST_FINALS_OF_ONE + 1)]
    assert accepted == [True] * MOST_FINALS_OF_ONE + [False]
    for key in range(1_000, 2_000):
        queue.offer(final(key, f"s{key}"), 0)
        queue.offer(partial(key + 5_000, f"p{key}"), 0)
    assert queue.waiting_finals == MOST_FINALS
    assert queue.waiting_partials == MOST_PARTIALS


def test_draining_gives_everything_back() -> None:
    queue = Queue(2)
    queue.offer(final(1, "a"), 0)
    queue.offer(partial(2, "b"), 0)
    assert {job.key for job in queue.drain()} == {1, 2}
    assert queue.take(0) is None


offers = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["final", "partial"]),
        st.integers(100, 12_000),
        st.booleans(),
    ),
    max_size=60,
)


@given(offers)
def test_no_job_is_lost_or_handed_out_twice(asked: list[tuple[str, str, int, bool]]) -> None:
    queue, ended = Queue(2), []
    for key, (session, kind, audio_ms, is_taking) in enumerate(asked):
        offered = queue.offer(Job(key, session, kind, audio_ms), key * 10)  # type: ignore[arg-type]
        ended += [] if offered.is_taken else [key]
        ended += [offered.displaced.key] if offered.displaced else []
        job = queue.take(0) if is_taking else None
        ended += [job.key] if job else []
    ended += taken(queue)
    assert sorted(ended) == list(range(len(asked)))


@given(st.integers(1, 12), st.integers(0, 40))
def test_one_who_speaks_now_waits_for_one_job_of_any_backlog(backlog: int, late_ms: int) -> None:
    queue = Queue(1)
    for key in range(backlog):
        queue.offer(final(key, "backlog", audio_ms=3_000), 0)
    queue.offer(final(99, "now"), late_ms)
    assert taken(queue).index(99) <= 1
