"""Lets in as many sessions as this machine can hear at once, counted over all of its server processes.

Every process holds a lock on a file of its own for as long as it lives; the kernel drops the lock with the
process, however that ends. A shared table names who is inside and by which process; rows of processes whose
lock is free are void. The table is read and written under one short lock: under a millisecond, so also from
the event loop.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import msgspec
from msgspec import Struct

RETRY_AFTER_S = 30  # a place becomes free when somebody's interview ends; sooner asking only costs
TABLE, LOCK, HOLDER = "places.json", "places.lock", "holder-*.lock"


class Refused(Struct, frozen=True):
    """Every place is taken; the caller may ask again after `retry_after_s` seconds."""

    retry_after_s: int


class Ticket:
    """A place. `release` gives it back, once; the process's death does so as well."""

    def __init__(self, admission: "Admission", session_key: str) -> None:
        self.session_key = session_key
        self._admission: Admission | None = admission

    def release(self) -> None:
        admission, self._admission = self._admission, None
        if admission is not None:
            admission.leave(self.session_key)


class Admission:
    """One per process. `capacity` is asked at every entry, since it is measured while the server starts."""

    def __init__(self, folder: Path, capacity: Callable[[], int]) -> None:
        self._folder = folder
        self._capacity = capacity
        folder.mkdir(parents=True, exist_ok=True)
        self._me = f"holder-{uuid4().hex}.lock"
        with self._locked():  # nobody may look at our file between its making and its locking
            self._holder: int | None = os.open(
                folder / self._me, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
            )
            fcntl.flock(self._holder, fcntl.LOCK_EX)

    def try_enter(self, session_key: str, *, is_reconnect: bool = False) -> Ticket | Refused:
        """This will take a place, or say when to ask again. Who is inside or comes back is always let in."""
        with self._locked():
            places = self._living()
            is_inside = session_key in places
            if not is_inside and not is_reconnect and len(places) >= self._capacity():
                return Refused(RETRY_AFTER_S)
            self._write({**places, session_key: self._me})
        return Ticket(self, session_key)

    def leave(self, session_key: str) -> None:
        """This will give a place back, unless another process has taken the session over meanwhile."""
        with self._locked():
            places = self._living()
            if places.get(session_key) == self._me:
                del places[session_key]
                self._write(places)

    def taken(self) -> int:
        """This will count the places taken on this machine."""
        with self._locked():
            return len(self._living())

    def close(self) -> None:
        """This will give back every place of this process; safe to call twice."""
        if self._holder is None:
            return
        with self._locked():
            os.close(self._holder)
            self._holder = None
            (self._folder / self._me).unlink(missing_ok=True)
            self._write(self._living())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self._folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _living(self) -> dict[str, str]:
        """Who is inside, without the rows and files of processes that have died."""
        dead = {path.name for path in self._folder.glob(HOLDER) if self._is_dead(path)}
        for name in dead:
            (self._folder / name).unlink(missing_ok=True)
        return {key: name for key, name in self._read().items() if (self._folder / name).exists()}

    def _is_dead(self, path: Path) -> bool:
        if path.name == self._me:
            return False
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode((self._folder / TABLE).read_bytes(), type=dict[str, str])
        except (
            FileNotFoundError,
            msgspec.DecodeError,
        ):  # cut off by a full disk: nobody is locked out for that
            return {}

    def _write(self, places: dict[str, str]) -> None:
        unfinished = self._folder / f"{TABLE}.new"
        unfinished.write_bytes(msgspec.json.encode(places))
        unfinished.replace(self._folder / TABLE)
