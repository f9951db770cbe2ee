"""Who spoke when, what came between, and plain facts that are logged and never scored."""

from collections import Counter
from collections.abc import Iterator

from interviews.answers import Moment
from interviews.live import events as ev
from interviews.live.state import ASKING
from interviews.models import Turn
from interviews.reporting.material import GOODBYE, Material
from reports.content import PlainFacts, SpokenSpan, Timeline, TimelineMark
from reports.wording import clock

SAMPLES_PER_MS = 16
COMMANDS = {
    "session.end": "ended the interview",
    "question.skip": "skipped the question",
    "question.rephrase": "had the question asked in other words",
}
OFFERS = {
    "text": "to type instead",
    "break": "a break",
    "skip": "to skip the question",
    "reschedule": "another day",
}


def timeline(material: Material) -> Timeline:
    moments = material.story.moments
    spans = sorted((*_heard(moments), *_spoken(moments)), key=lambda span: (span.from_ms, span.side))
    marks = (
        *_pauses(moments),
        *_drops(moments),
        *_interventions(moments),
        *listenings(moments),
        *takeovers(moments),
    )
    return Timeline(
        duration_ms=material.duration_ms,
        spans=tuple(spans),
        marks=tuple(sorted(marks, key=lambda mark: (mark.from_ms, mark.kind))),
    )


def _heard(moments: tuple[Moment, ...]) -> Iterator[SpokenSpan]:
    for moment in moments:
        event = moment.event
        if isinstance(event, ev.TranscriptFinal | ev.UtteranceMissed):
            yield SpokenSpan("candidate", event.start_ms, event.end_ms)


def _spoken(moments: tuple[Moment, ...]) -> Iterator[SpokenSpan]:
    began: dict[int, int] = {}
    people: dict[int, str] = {}
    for moment in moments:
        event = moment.event
        if isinstance(event, ev.ReplyStarted):
            people[event.reply_id] = "" if event.by == "ai" else event.by
        elif isinstance(event, ev.PlaybackBegan):
            began[event.reply_id] = moment.at_ms
        elif isinstance(event, ev.PlaybackEnded) and event.reply_id in began:
            by = people.get(event.reply_id, "")
            yield SpokenSpan("interviewer", began[event.reply_id], moment.at_ms, by)


def _pauses(moments: tuple[Moment, ...]) -> Iterator[TimelineMark]:
    """The interview's clock stands still meanwhile, so a pause is a moment with a length in words."""
    paused: Moment | None = None
    for moment in moments:
        if not isinstance(moment.event, ev.StateChanged):
            continue
        if moment.event.state == "paused":
            paused = moment
        elif paused is not None:
            minutes = round((moment.event.at - paused.event.at).total_seconds() / 60)
            reason = paused.event.reason if isinstance(paused.event, ev.StateChanged) else ""
            label = f"{reason or 'paused'}, {minutes} min" if minutes else reason or "paused"
            yield TimelineMark("pause", paused.at_ms, label=label)
            paused = None


def _drops(moments: tuple[Moment, ...]) -> Iterator[TimelineMark]:
    left: int | None = None
    for moment in moments:
        if isinstance(moment.event, ev.CandidateLeft):
            left = moment.at_ms
        elif isinstance(moment.event, ev.CandidateConnected) and left is not None:
            yield TimelineMark("drop", left, moment.at_ms, "connection lost")
            left = None


def _interventions(moments: tuple[Moment, ...]) -> Iterator[TimelineMark]:
    for moment in moments:
        label = _intervention(moment.event)
        if label:
            yield TimelineMark("intervention", moment.at_ms, label=label)


def listenings(moments: tuple[Moment, ...]) -> Iterator[TimelineMark]:
    """Who heard the candidate live, from when to when; an open end is the interview's."""
    since: dict[str, tuple[str, int]] = {}
    for moment in moments:
        event = moment.event
        if isinstance(event, ev.ParticipantJoined) and event.listening:
            since.setdefault(event.ref, (event.name, moment.at_ms))
        elif isinstance(event, ev.ParticipantJoined | ev.ParticipantLeft) and event.ref in since:
            yield _listening(*since.pop(event.ref), moment.at_ms)
        elif isinstance(event, ev.SessionEnded):
            yield from (_listening(*one, moment.at_ms) for one in since.values())
            since.clear()


def takeovers(moments: tuple[Moment, ...]) -> Iterator[TimelineMark]:
    """Who spoke with the candidate in the interviewer's place, from when to when."""
    since: tuple[str, int] | None = None
    for moment in moments:
        event = moment.event
        if isinstance(event, ev.TakeoverStarted):
            since = since or (event.by, moment.at_ms)
        elif isinstance(event, ev.TakeoverEnded) and since is not None:
            by, from_ms = since
            label = f"{by} spoke in the interviewer's place from {clock(from_ms)} to {clock(moment.at_ms)}"
            yield TimelineMark("intervention", from_ms, moment.at_ms, label)
            since = None


def _listening(name: str, from_ms: int, to_ms: int) -> TimelineMark:
    label = f"{name} listened from {clock(from_ms)} to {clock(to_ms)}"
    return TimelineMark("intervention", from_ms, to_ms, label)


def _intervention(event: ev.Event) -> str:
    match event:
        case ev.QuestionQueued(by=by):
            told = f"{by} put in a question"
        case ev.TimeExtended(by=by, minutes=minutes):
            told = f"{by} added {minutes} min"
        case ev.OfferMade(by=by, offer=offer) if by != "ai":
            told = f"{by} offered {OFFERS.get(offer, offer)}"
        case ev.CommandApplied(by=by, kind=kind):
            told = f"{by} {COMMANDS.get(kind, kind)}"
        case ev.WhisperGiven(by=by, text=text):
            told = f"{by} advised the interviewer: {text}"
        case ev.WordsGiven(by=by, text=text, kind="said"):
            told = f"{by} had the interviewer say: {text}"
        case _:
            told = ""
    return told


def plain_facts(material: Material) -> PlainFacts:
    events = [moment.event for moment in material.story.moments]
    missing = sum(
        event.to_offset - event.from_offset for event in events if isinstance(event, ev.AudioMissed)
    )
    return PlainFacts(
        page_hidden_times=sum(isinstance(event, ev.PageChanged) and event.hidden for event in events),
        page_hidden_ms=_hidden_ms(events),
        reconnects=sum(isinstance(event, ev.CandidateConnected) and event.is_return for event in events),
        microphone_muted_times=sum(isinstance(event, ev.MicChanged) and event.muted for event in events),
        typed_answers=sum(isinstance(event, ev.TurnEnded) and event.reason == "typed" for event in events),
        pauses=sum(isinstance(event, ev.StateChanged) and event.state == "paused" for event in events),
        missing_audio_ms=missing // SAMPLES_PER_MS,
        follow_ups=_follow_ups(material),
    )


def _follow_ups(material: Material) -> dict[str, int]:
    """How often the interviewer came back to a question, by kind, most frequent first."""
    kinds = Counter(
        turn.kind
        for turn in material.turns
        if turn.speaker == Turn.Speaker.INTERVIEWER
        and turn.question_number
        and turn.kind not in ASKING | GOODBYE
    )
    return dict(sorted(kinds.items(), key=lambda entry: (-entry[1], entry[0])))


def _hidden_ms(events: list[ev.Event]) -> int:
    total, since = 0.0, None
    for event in events:
        if isinstance(event, ev.PageChanged) and event.hidden:
            since = since or event.at
        elif isinstance(event, ev.PageChanged | ev.SessionEnded) and since is not None:
            total += (event.at - since).total_seconds()
            since = None
    return int(total * 1000)
