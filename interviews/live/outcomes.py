"""What becomes of a command, as its row keeps it for whoever sent it."""

from interviews.live.commands import CommandError, QueuedCommand
from interviews.live.draft import Rejection
from interviews.live.log import CommandOutcome
from interviews.models import Command

DEAF = (
    "It is in the log, but the scripted interviewer has fixed words and can't follow it. "
    "“Say” has it ask in yours."
)


def refused(command: QueuedCommand, why: CommandError | Rejection) -> CommandOutcome:
    return CommandOutcome(command.row_id, Command.Status.REJECTED, why.code, why.message)


def outcome_of(
    command: QueuedCommand, rejection: Rejection | None, *, has_fixed_words: bool
) -> CommandOutcome:
    """`has_fixed_words`: the interviewer can't follow advice."""
    if rejection is not None:
        return refused(command, rejection)
    is_deaf = command.kind == "whisper" and has_fixed_words
    return CommandOutcome(command.row_id, Command.Status.DONE, message=DEAF if is_deaf else "")
