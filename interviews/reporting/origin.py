"""Where a report's content comes from, and what it can't say."""

from collections import Counter
from statistics import fmean

from interviews.evaluation import AnswerEvaluation
from interviews.evaluation import recognition as heard
from interviews.live import events as ev
from interviews.reporting.cost import model_use
from interviews.reporting.material import Material
from interviews.reporting.questions import is_personal
from reports import wording
from reports.origins import Engine, Provenance, Recording

CHOICES = (
    ("ai_evaluation", "evaluation by a program"),
    ("recording", "recording"),
    ("listening", "listening by the hiring team"),
)
NO_TRACK = "The browser's own voice read the questions, so there is no track of it."
GONE = "It was agreed to, and none is kept."
NOT_AGREED = "There was no consent to it."
SCRIPTED = "scripted"  # who worded the replies of logs that don't say it
TYPED = "Nothing was spoken."
CERTAINTY_NEEDED = ", ".join(
    f"{needed:g} from {from_db:g} dB" if from_db > 0 else f"{needed:g} below that"
    for from_db, needed in heard.CONFIDENCE_NEEDED
)
WORDLESS, DOUBTFUL = (
    wording.per_cent(share) for share in (heard.MAX_WORDLESS_SHARE, heard.MAX_DOUBTFUL_SHARE)
)
THRESHOLDS = (
    f"An answer is not scored when more than {WORDLESS} of its speech gave no words, when fewer than "
    f"{heard.MIN_WORDS_PER_S:g} or more than {heard.MAX_WORDS_PER_S:g} words a second were recognised, or "
    f"when more than {DOUBTFUL} of it was recognised with too little certainty for its noise: under "
    f"{CERTAINTY_NEEDED}."
)


def provenance(material: Material) -> Provenance:
    session = material.session
    events = [moment.event for moment in material.story.moments]
    finals = [event for event in events if isinstance(event, ev.TranscriptFinal)]
    confidences = [event.confidence for event in finals if event.confidence is not None]
    consent = session.consent or {}
    return Provenance(
        engines=_engines(material, finals),
        plan=_plan(material),
        model_use=model_use(session),
        recognition_confidence=round(fmean(confidences), 3) if confidences else None,
        limits=material.evaluation.notes if material.evaluation else (),
        thresholds=THRESHOLDS if finals else "",
        consent_version=str(consent.get("notice_version", "")),
        consent_choices=tuple(words for name, words in CHOICES if consent.get(name)),
        recordings=_recordings(material, has_spoken=bool(finals)),
        retained_until=session.retain_until.date() if session.retain_until else None,
        log_head_hash=session.head_hash,
        log_entries=session.seq,
    )


def _engines(material: Material, finals: list[ev.TranscriptFinal]) -> tuple[Engine, ...]:
    heard_by = dict.fromkeys(event.engine for event in finals if event.engine)
    return (
        *(Engine("Speech recognition", name) for name in heard_by),
        *_interviewers(material),
        *_evaluators(material),
    )


def _interviewers(material: Material) -> tuple[Engine, ...]:
    """Who worded how many replies; people who spoke as the interviewer are not engines."""
    people = {
        event.reply_id
        for moment in material.story.moments
        if isinstance(event := moment.event, ev.ReplyStarted) and event.by != "ai"
    }
    replies = [
        event
        for moment in material.story.moments
        if isinstance(event := moment.event, ev.ReplyFinished) and event.reply_id not in people
    ]
    worded = Counter(getattr(event, "worded_by", "") or SCRIPTED for event in replies)
    return tuple(
        Engine("Interviewer", name, f"worded {number} of {len(replies)} replies")
        for name, number in worded.most_common()
    )


def _evaluators(material: Material) -> tuple[Engine, ...]:
    judged = material.evaluation.answers if material.evaluation else ()
    scored = [answer for answer in judged if answer.status == "scored"] or judged
    return tuple(dict.fromkeys(_evaluator(answer) for answer in scored))


def _evaluator(answer: AnswerEvaluation) -> Engine:
    origin = answer.origin
    parts = [
        f"rules {answer.version}" if answer.version else "",
        " at ".join(part for part in (origin.model, origin.host) if part),
        f"prompt {origin.prompt_version}" if origin.prompt_version else "",
    ]
    return Engine("Evaluation", answer.evaluator, " · ".join(part for part in parts if part))


def _plan(material: Material) -> str:
    """The plan's version, and how many of its questions are everybody's, the candidate's own, a person's."""
    plan = material.story.plan
    put_in = sum(bool(question.asked_by) for question in plan.questions)
    personal = sum(is_personal(question) for question in plan.questions)
    parts = [wording.count(plan.total - put_in - personal, "question") + " that everybody is asked"]
    parts += [f"{personal} of this candidate's own"] if personal else []
    parts += [f"{put_in} put in by a person during the interview"] if put_in else []
    return f"Version {plan.version}: {', '.join(parts)}."


def _recordings(material: Material, *, has_spoken: bool) -> tuple[Recording, ...]:
    consented = bool((material.session.consent or {}).get("recording"))
    why_not = "" if material.is_recorded else TYPED if not has_spoken else GONE if consented else NOT_AGREED
    return (
        Recording("candidate", is_kept=material.is_recorded, note=why_not),
        Recording("interviewer", is_kept=False, note=NO_TRACK),
    )
