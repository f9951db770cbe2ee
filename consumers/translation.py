"""Which input of the session's machine each message of a candidate means. Pure; a table without gaps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from consumers import wire
from interviews.live import inputs as happened

_TABLE: dict[type[wire.ClientMessage], Callable[[Any, datetime], happened.Input]] = {
    wire.ConsentSet: lambda said, at: happened.ConsentDecided(
        notice_version=said.notice_version,
        ai_evaluation=said.ai_evaluation,
        recording=said.recording,
        listening=said.listening,
        at=at,
    ),
    wire.PracticeStart: lambda _, at: happened.PracticeRequested(at=at),
    wire.PracticeEnd: lambda _, at: happened.PracticeDone(at=at),
    wire.CandidateReady: lambda _, at: happened.CandidateReadied(at=at),
    wire.TurnDone: lambda _, at: happened.TurnDonePressed(at=at),
    wire.TurnHold: lambda _, at: happened.TurnHoldPressed(at=at),
    wire.AnswerText: lambda said, at: happened.AnswerTyped(
        text=said.text, time_taken_seconds=said.time_taken_seconds, at=at
    ),
    wire.QuestionRepeat: lambda _, at: happened.RepeatPressed(at=at),
    wire.QuestionSkip: lambda _, at: happened.SkipPressed(at=at),
    wire.SessionPause: lambda _, at: happened.PauseRequested(at=at),
    wire.SessionResume: lambda _, at: happened.ResumeRequested(at=at),
    wire.PlaybackStarted: lambda said, at: happened.PlaybackStarted(reply_id=said.reply_id, at=at),
    wire.PlaybackFinished: lambda said, at: happened.PlaybackFinished(reply_id=said.reply_id, at=at),
    wire.PlaybackStopped: lambda said, at: happened.PlaybackStopped(
        reply_id=said.reply_id, heard_chars=said.heard_chars, at=at
    ),
    wire.MicState: lambda said, at: happened.MicSwitched(muted=said.muted, at=at),
    wire.PageState: lambda said, at: happened.PageSwitched(hidden=said.hidden, at=at),
    wire.AudioMissing: lambda said, at: happened.AudioGone(
        from_offset=said.from_offset, to_offset=said.to_offset, at=at
    ),
    wire.SessionEnd: lambda _, at: happened.EndRequested(reason="ended_by_candidate", at=at),
}

# A wish about sound, which the machine knows nothing of.
FOR_THE_VOICE: frozenset[type[wire.ClientMessage]] = frozenset({wire.ReplyAudioWanted})
# What the socket answers by itself.
ANSWERED_BY_THE_SOCKET: frozenset[type[wire.ClientMessage]] = frozenset({wire.Hello, wire.Ping})


def to_input(message: wire.ClientMessage, at: datetime) -> happened.Input:
    """This will give the input that `message` is, met at the wall time `at`."""
    return _TABLE[type(message)](message, at)
