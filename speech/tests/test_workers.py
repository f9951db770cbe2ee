import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from speech.backends.options import EngineOptions
from speech.clips import Clip
from speech.transcript import EngineError
from speech.workers import ProcessLane

WHISPER = "speech.backends.faster_whisper"
# A back end of the tests' own: what it does follows from the length of the audio.
UNRULY = """
import os, time
from speech.transcript import EngineError, Transcript

class Unruly:
    name = "unruly"
    def transcribe(self, samples, *, language, is_partial):
        match len(samples):
            case 1: os._exit(9)
            case 2: time.sleep(600)
            case 3: raise RuntimeError("a bug")
            case 4: raise EngineError("refused", permanent=True)
            case 5: print("noise on standard output", flush=True)
        return Transcript(f"{len(samples)} {language} {is_partial}", engine=self.name)

def load(options):
    if options.model == "broken":
        raise ZeroDivisionError("no weights")
    return Unruly()
"""
SAMPLE = b"\x01\x00"
# A server with one worker, which tells the worker's number and then waits for its own end.
SERVER = """
import asyncio, sys
from speech.backends.options import EngineOptions
from speech.settings import SpeechSettings
from speech.workers import ProcessLane

async def main():
    lane = ProcessLane("unruly_backend", EngineOptions(settings=SpeechSettings(), label="x"))
    await lane.start()
    print(lane.process_id, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def unruly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "unruly_backend.py").write_text(UNRULY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "unruly_backend"


@pytest.fixture
async def lane(unruly: str, engine_options: EngineOptions) -> AsyncIterator[ProcessLane]:
    settings = msgspec.structs.replace(engine_options.settings, job_timeout_s=1.0)
    lane = ProcessLane(unruly, msgspec.structs.replace(engine_options, settings=settings))
    await lane.start()
    yield lane
    await lane.close()


async def hear(lane: ProcessLane, samples: int) -> str:
    transcript = await lane.transcribe(SAMPLE * samples, language="en", is_partial=False)
    return transcript.text


async def test_whisper_recognises_in_a_process_of_its_own(
    engine_options: EngineOptions, clips: list[Clip]
) -> None:
    lane = ProcessLane(WHISPER, engine_options)
    await lane.start()
    try:
        assert lane.process_id not in {None, os.getpid()}
        transcript = await lane.transcribe(clips[0].pcm, language="en", is_partial=False)
        assert transcript.text == clips[0].text
    finally:
        await lane.close()


async def test_language_and_kind_reach_the_engine(lane: ProcessLane) -> None:
    transcript = await lane.transcribe(SAMPLE * 7, language="de", is_partial=True)
    assert transcript.text == "7 de True"


async def test_a_crash_is_an_error_that_may_pass_and_the_next_job_finds_a_new_process(
    lane: ProcessLane,
) -> None:
    first = lane.process_id
    with pytest.raises(EngineError, match="died") as raised:
        await hear(lane, 1)
    assert not raised.value.permanent
    assert await hear(lane, 7) == "7 en False"
    assert lane.process_id != first
    assert lane.restarts == 1


async def test_a_process_killed_while_idle_is_replaced(lane: ProcessLane) -> None:
    assert lane.process_id is not None
    os.kill(lane.process_id, signal.SIGKILL)
    with contextlib.suppress(EngineError):  # the kill may be noticed by this call or before it
        await hear(lane, 7)
    assert await hear(lane, 7) == "7 en False"
    assert lane.restarts == 1


async def test_a_job_that_hangs_is_ended_by_its_time_limit(lane: ProcessLane) -> None:
    with pytest.raises(EngineError, match="within 1 s"):
        await hear(lane, 2)
    assert await hear(lane, 7) == "7 en False"


async def test_a_bug_in_the_engine_fails_the_job_and_keeps_the_process(lane: ProcessLane) -> None:
    before = lane.process_id
    with pytest.raises(EngineError, match="RuntimeError: a bug"):
        await hear(lane, 3)
    with pytest.raises(EngineError, match="refused") as raised:
        await hear(lane, 4)
    assert raised.value.permanent
    assert lane.process_id == before


async def test_what_an_engine_prints_does_not_disturb_the_answers(lane: ProcessLane) -> None:
    assert await hear(lane, 5) == "5 en False"
    assert await hear(lane, 6) == "6 en False"


async def test_a_cancelled_call_never_answers_the_next_one(lane: ProcessLane) -> None:
    hanging = asyncio.ensure_future(hear(lane, 2))
    await asyncio.sleep(0.05)
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    assert await hear(lane, 7) == "7 en False"


async def test_an_engine_that_can_not_load_says_why(unruly: str, engine_options: EngineOptions) -> None:
    lane = ProcessLane(unruly, msgspec.structs.replace(engine_options, model="broken"))
    with pytest.raises(EngineError, match="no weights") as raised:
        await lane.start()
    assert raised.value.permanent
    await lane.close()


async def test_a_closed_lane_refuses_and_leaves_no_process(lane: ProcessLane) -> None:
    process_id = lane.process_id
    assert process_id is not None
    await lane.close()
    with pytest.raises(EngineError, match="closed"):
        await hear(lane, 7)
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


async def test_the_event_loop_goes_on_while_a_worker_works(lane: ProcessLane) -> None:
    """A hanging worker holds the loop back by no more than a scheduler's hiccup."""
    job = asyncio.ensure_future(hear(lane, 2))
    clock = asyncio.get_running_loop().time
    gaps = []
    for _ in range(20):
        before = clock()
        await asyncio.sleep(0.005)
        gaps.append(clock() - before)
    assert sorted(gaps)[len(gaps) // 2] < 0.05
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)


def is_running(process_id: int) -> bool:
    """A dead process that nobody has collected yet does not count."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def test_no_worker_outlives_a_server_that_was_killed(unruly: str, repo_root: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, cwd=repo_root, stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    worker = int(await server.stdout.readline())
    assert is_running(worker)
    server.kill()
    await server.wait()
    async with asyncio.timeout(10):
        while is_running(worker):  # noqa: ASYNC110 (another process's end sets no event here)
            await asyncio.sleep(0.02)
