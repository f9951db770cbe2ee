"""Every message of wire protocol version 1; `docs/protocol.md` explains them and a test compares the two.

What comes from a client is bounded here, field by field. What goes to a client is one of the session's events
(with `seq` and `at`), one of its signals, its snapshot, or one of the messages below that only sockets know.
"""

from enum import IntEnum
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from interviews.progress import Offer

SUBPROTOCOL = "viva.v1"
MAX_TEXT_BYTES = 64 * 1024
MAX_EXACT = 2**53 - 1  # the largest whole number that every JSON reader keeps exactly

Whole = Annotated[int, Meta(ge=0, le=MAX_EXACT)]
Offset = Whole
Milliseconds = Whole | Annotated[float, Meta(ge=0, le=MAX_EXACT)]
Answer = Annotated[str, Meta(min_length=1, max_length=5_000)]
Line = Annotated[str, Meta(min_length=1, max_length=2_000)]
CommandId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]


class CloseCode(IntEnum):
    """Why a socket was closed; the application may use 1000 and 3000–4999 only."""

    DONE = 1000
    RESTARTING = 4012
    BAD_MESSAGE = 4400
    NOT_AUTHENTICATED = 4401
    NOT_ALLOWED = 4403
    NO_SUCH_SESSION = 4404
    NO_HELLO = 4408
    REPLACED = 4409
    SESSION_OVER = 4410
    TOO_LARGE = 4413
    OVERLOADED = 4429


class ClientMessage(Struct, frozen=True, kw_only=True, tag_field="type"):
    """Sent by a client."""


# --- candidate to server


class Hello(ClientMessage, frozen=True, tag="hello"):
    last_seq: Whole = 0
    audio_from: Offset | None = None
    audio_to: Offset | None = None


class ConsentSet(ClientMessage, frozen=True, tag="consent.set"):
    notice_version: Annotated[str, Meta(min_length=1, max_length=64)]
    ai_evaluation: bool
    recording: bool
    listening: bool


class PracticeStart(ClientMessage, frozen=True, tag="practice.start"):
    pass


class PracticeEnd(ClientMessage, frozen=True, tag="practice.end"):
    pass


class CandidateReady(ClientMessage, frozen=True, tag="candidate.ready"):
    pass


class TurnDone(ClientMessage, frozen=True, tag="turn.done"):
    pass


class TurnHold(ClientMessage, frozen=True, tag="turn.hold"):
    pass


class AnswerText(ClientMessage, frozen=True, tag="answer.text"):
    text: Answer
    time_taken_seconds: Annotated[int, Meta(ge=0, le=86_400)] | None = None


class QuestionRepeat(ClientMessage, frozen=True, tag="question.repeat"):
    pass


class QuestionSkip(ClientMessage, frozen=True, tag="question.skip"):
    pass


class SessionPause(ClientMessage, frozen=True, tag="session.pause"):
    pass


class SessionResume(ClientMessage, frozen=True, tag="session.resume"):
    pass


class PlaybackStarted(ClientMessage, frozen=True, tag="playback.started"):
    reply_id: Whole


class PlaybackFinished(ClientMessage, frozen=True, tag="playback.finished"):
    reply_id: Whole


class PlaybackStopped(ClientMessage, frozen=True, tag="playback.stopped"):
    reply_id: Whole
    heard_chars: Annotated[int, Meta(ge=0, le=100_000)]


class ReplyAudioWanted(ClientMessage, frozen=True, tag="reply.audio.wanted"):
    reply_id: Whole
    from_index: Annotated[int, Meta(ge=0, le=10_000)] = 0


class MicState(ClientMessage, frozen=True, tag="mic.state"):
    muted: bool


class PageState(ClientMessage, frozen=True, tag="page.state"):
    hidden: bool


class AudioMissing(ClientMessage, frozen=True, tag="audio.missing"):
    from_offset: Offset = field(name="from")
    to_offset: Offset = field(name="to")

    def __post_init__(self) -> None:
        if self.from_offset >= self.to_offset:
            raise ValueError("`from` must lie before `to`")


class SessionEnd(ClientMessage, frozen=True, tag="session.end"):
    pass


class Ping(ClientMessage, frozen=True, tag="ping"):
    at_ms: Milliseconds


CANDIDATE_MESSAGES: tuple[type[ClientMessage], ...] = (
    Hello,
    ConsentSet,
    PracticeStart,
    PracticeEnd,
    CandidateReady,
    TurnDone,
    TurnHold,
    AnswerText,
    QuestionRepeat,
    QuestionSkip,
    SessionPause,
    SessionResume,
    PlaybackStarted,
    PlaybackFinished,
    PlaybackStopped,
    ReplyAudioWanted,
    MicState,
    PageState,
    AudioMissing,
    SessionEnd,
    Ping,
)


# --- observer to server


class ObserverCommand(ClientMessage, frozen=True):
    """A wish that becomes a row; the same `command_id` twice is one wish."""

    command_id: CommandId


class NoteAdd(ObserverCommand, frozen=True, tag="note.add"):
    text: Line
    at_ms: Whole | None = None


class QuestionQueue(ObserverCommand, frozen=True, tag="question.queue"):
    text: Line
    verbatim: bool = True


class ObserverSkip(ObserverCommand, frozen=True, tag="question.skip"):
    pass


class QuestionRephrase(ObserverCommand, frozen=True, tag="question.rephrase"):
    pass


class Whisper(ObserverCommand, frozen=True, tag="whisper"):
    text: Line


class Say(ObserverCommand, frozen=True, tag="say"):
    text: Line


class TakeoverStart(ObserverCommand, frozen=True, tag="takeover.start"):
    pass


class TakeoverSay(ObserverCommand, frozen=True, tag="takeover.say"):
    text: Line


class TakeoverEnd(ObserverCommand, frozen=True, tag="takeover.end"):
    pass


class TimeExtend(ObserverCommand, frozen=True, tag="time.extend"):
    minutes: Annotated[int, Meta(ge=1, le=120)]


class OfferMake(ObserverCommand, frozen=True, tag="offer.make"):
    offer: Offer


class ObserverPause(ObserverCommand, frozen=True, tag="session.pause"):
    pass


class ObserverResume(ObserverCommand, frozen=True, tag="session.resume"):
    pass


class ListenStart(ObserverCommand, frozen=True, tag="listen.start"):
    pass


class ListenStop(ObserverCommand, frozen=True, tag="listen.stop"):
    pass


class ObserverEnd(ObserverCommand, frozen=True, tag="session.end"):
    pass


class ObserverHello(ClientMessage, frozen=True, tag="hello"):
    last_seq: Whole = 0


OBSERVER_COMMANDS: tuple[type[ObserverCommand], ...] = (
    NoteAdd,
    QuestionQueue,
    ObserverSkip,
    QuestionRephrase,
    Whisper,
    Say,
    TakeoverStart,
    TakeoverSay,
    TakeoverEnd,
    TimeExtend,
    OfferMake,
    ObserverPause,
    ObserverResume,
    ListenStart,
    ListenStop,
    ObserverEnd,
)
OBSERVER_MESSAGES: tuple[type[ClientMessage], ...] = (ObserverHello, Ping, *OBSERVER_COMMANDS)
# A list has no log; its hello is taken and asks for nothing.
LIST_MESSAGES: tuple[type[ClientMessage], ...] = (ObserverHello, Ping)


# --- server to client, beside events, signals and the session's snapshot


class ServerMessage(Struct, frozen=True, kw_only=True, tag_field="type"):
    """Said by a socket itself."""


class Problem(ServerMessage, frozen=True, tag="error"):
    code: str
    message: str
    fatal: bool = False
    retry_after_s: int | None = None


class Pong(ServerMessage, frozen=True, tag="pong"):
    at_ms: int | float


class MonitorSnapshot(ServerMessage, frozen=True, tag="monitor.snapshot"):
    """Where one session stands, for those who watch it."""

    session: dict[str, Any]
    state: str
    question: dict[str, Any] | None
    turns: list[dict[str, Any]]
    reply: dict[str, Any] | None
    consent: dict[str, Any] | None
    participants: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    seq: int
    time_left_ms: int
    drops: int
    is_connected: bool
    may_command: bool
    plan: list[dict[str, Any]]
    hears: bool
    takeover: dict[str, Any] | None


class Struggle(Struct, frozen=True, kw_only=True):
    """How often what happened, nothing made of it."""

    skips: int = 0
    repeats: int = 0
    helps: int = 0
    silences: int = 0
    asked_again: int = 0
    unheard: int = 0


class Card(Struct, frozen=True, kw_only=True):
    """One running session in the live list."""

    id: int
    uuid: str
    title: str
    role: str
    candidate_name: str
    status: str
    state: str
    question_number: int
    total_questions: int
    is_connected: bool
    drops: int
    backlog_ms: int
    observers: int
    started_at: str | None
    state_since_at: str | None = None
    away_since_at: str | None = None
    time_left_ms: int = 0
    ends_at: str | None = None
    level: int | None = None
    latency_ms: int | None = None
    struggle: Struggle = Struggle()
    trouble: int = 0
    owner_id: int | None = None


class ListSnapshot(ServerMessage, frozen=True, tag="monitor.snapshot"):
    """All running sessions that this person may watch."""

    sessions: list[Card]


class CardChanged(ServerMessage, frozen=True, tag="monitor.card"):
    session: Card


class CardGone(ServerMessage, frozen=True, tag="monitor.gone"):
    id: int


class CommandDone(ServerMessage, frozen=True, tag="command.done", omit_defaults=True):
    command_id: str
    message: str = ""


class CommandRejected(ServerMessage, frozen=True, tag="command.rejected"):
    command_id: str
    code: str
    message: str


class CommandQueued(ServerMessage, frozen=True, tag="command.queued"):
    """Nobody has carried it out yet; it stays in the queue and is answered when somebody has."""

    command_id: str


SOCKET_MESSAGES: tuple[type[ServerMessage], ...] = (
    Problem,
    Pong,
    MonitorSnapshot,
    ListSnapshot,
    CardChanged,
    CardGone,
    CommandDone,
    CommandRejected,
    CommandQueued,
)
