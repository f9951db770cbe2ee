"""Commands whose senders wait for an answer."""

from collections.abc import Callable, Iterable

from consumers import codec
from consumers.reading import Answered
from consumers.wire import CommandDone, CommandQueued, CommandRejected
from interviews.models import Command

URGENT_S = 5.0  # a live session answers within a moment; after that the sender is told that it waits


class _Waiting:
    def __init__(self, session_id: int, command_id: str, send: Callable[[str], None], since_s: float) -> None:
        self.session_id = session_id
        self.command_id = command_id
        self.send = send
        self.since_s = since_s
        self.is_told = False


class Pending:
    """Every command of this process's observers that has no answer yet."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[_Waiting]] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def row_ids(self) -> list[int]:
        return list(self._waiting)

    def add(
        self, row_id: int, session_id: int, command_id: str, send: Callable[[str], None], now_s: float
    ) -> None:
        """This will send the answer when there is one."""
        self._waiting.setdefault(row_id, []).append(_Waiting(session_id, command_id, send, now_s))

    def sessions_of(self, answers: Iterable[Answered]) -> set[int]:
        """This will give the sessions that the answered commands were for."""
        return {one.session_id for answer in answers for one in self._waiting.get(answer.row_id, [])}

    def drop(self, send: Callable[[str], None]) -> None:
        """This will forget everything that one socket waits for."""
        for row_id, waiting in list(self._waiting.items()):
            left = [one for one in waiting if one.send != send]
            if left:
                self._waiting[row_id] = left
            else:
                del self._waiting[row_id]

    def is_urgent(self, now_s: float) -> bool:
        return any(now_s - one.since_s < URGENT_S for waiting in self._waiting.values() for one in waiting)

    def settle(self, answers: Iterable[Answered], now_s: float) -> None:
        """This will pass the answers on, and tell those who have waited long that they still do."""
        for answer in answers:
            for one in self._waiting.pop(answer.row_id, []):
                one.send(answer_to(one.command_id, answer))
        for waiting in self._waiting.values():
            for one in waiting:
                if not one.is_told and now_s - one.since_s >= URGENT_S:
                    one.is_told = True
                    one.send(codec.encode(CommandQueued(command_id=one.command_id)))


def answer_to(command_id: str, answer: Answered) -> str:
    """This will give the message that answers a command."""
    if answer.status == Command.Status.DONE:
        return codec.encode(CommandDone(command_id=command_id, message=answer.message))
    return codec.encode(
        CommandRejected(command_id=command_id, code=answer.code or "rejected", message=answer.message)
    )
