import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from speech.admission import TABLE, Admission, Refused, Ticket

# Takes a place and says so, then waits to be killed.
ANOTHER = """
import sys, time
from pathlib import Path
from speech.admission import Admission
admission = Admission(Path(sys.argv[1]), lambda: 9)
print(type(admission.try_enter(sys.argv[2], is_reconnect=True)).__name__, flush=True)
time.sleep(600)
"""


@pytest.fixture
def admission(tmp_path: Path) -> Iterator[Admission]:
    admission = Admission(tmp_path, lambda: 2)
    yield admission
    admission.close()


@pytest.fixture
def another(tmp_path: Path, repo_root: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Another server process of this machine that has let session `theirs` in."""
    command = [sys.executable, "-c", ANOTHER, str(tmp_path), "theirs"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=repo_root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"Ticket\n"
        yield process
        process.kill()


def enter(admission: Admission, key: str, **how: bool) -> Ticket:
    ticket = admission.try_enter(key, **how)
    assert isinstance(ticket, Ticket)
    return ticket


def test_beyond_the_capacity_one_is_told_when_to_come_back(admission: Admission) -> None:
    enter(admission, "a")
    enter(admission, "b")
    refused = admission.try_enter("c")
    assert isinstance(refused, Refused)
    assert refused.retry_after_s > 0


def test_who_comes_back_is_always_let_in(admission: Admission) -> None:
    enter(admission, "a")
    enter(admission, "b")
    enter(admission, "a")
    enter(admission, "c", is_reconnect=True)
    assert admission.taken() == 3
    assert isinstance(admission.try_enter("d"), Refused)


def test_a_place_is_given_back_once(admission: Admission) -> None:
    first = enter(admission, "a")
    enter(admission, "b")
    first.release()
    enter(admission, "c")
    first.release()
    assert admission.taken() == 2


def test_processes_of_one_machine_share_the_places(
    admission: Admission, another: "subprocess.Popen[bytes]"
) -> None:
    enter(admission, "ours")
    assert isinstance(admission.try_enter("third"), Refused)


def test_a_killed_process_gives_its_places_back(
    admission: Admission, another: "subprocess.Popen[bytes]"
) -> None:
    enter(admission, "ours")
    another.kill()
    another.wait()
    enter(admission, "third")
    assert admission.taken() == 2


def test_a_session_that_moved_here_is_not_thrown_out_by_its_former_process(
    admission: Admission, tmp_path: Path
) -> None:
    former = Admission(tmp_path, lambda: 2)
    ticket = enter(former, "a")
    enter(admission, "a", is_reconnect=True)
    ticket.release()
    assert admission.taken() == 1
    former.close()
    assert admission.taken() == 1


def test_closing_gives_everything_back_and_leaves_no_file(tmp_path: Path) -> None:
    leaving, staying = Admission(tmp_path, lambda: 1), Admission(tmp_path, lambda: 1)
    enter(leaving, "a")
    leaving.close()
    leaving.close()
    enter(staying, "b")
    assert len(list(tmp_path.glob("holder-*"))) == 1
    staying.close()


def test_a_damaged_table_locks_nobody_out(admission: Admission, tmp_path: Path) -> None:
    enter(admission, "a")
    (tmp_path / TABLE).write_bytes(b'{"a": "hol')
    enter(admission, "b")


def test_the_capacity_may_become_known_later(tmp_path: Path) -> None:
    capacity = [1]
    admission = Admission(tmp_path, lambda: capacity[0])
    enter(admission, "a")
    assert isinstance(admission.try_enter("b"), Refused)
    capacity[0] = 2
    enter(admission, "b")
    admission.close()


def test_its_files_are_this_users_alone(admission: Admission, tmp_path: Path) -> None:
    enter(admission, "a")
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("*.lock"))
