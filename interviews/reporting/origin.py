"""Where a report's content comes from, and what it can't say."""

from statistics import fmean

from interviews.live import events as ev
from interviews.reporting.material import Material
from reports.content import Engine, Provenance, Recording

CHOICES = (
    ("ai_evaluation", "evaluation by a program"),
    ("recording", "recording"),
    ("listening", "listening by the hiring team"),
)
NO_TRACK = "The browser's own voice read the questions, so there is no track of it."
NOT_AGREED = "There was no consent to it."
TYPED = "Nothing was spoken."


def provenance(material: Material) -> Provenance:
    session = material.session
    events = [moment.event for moment in material.story.moments]
    finals = [event for event in events if isinstance(event, ev.TranscriptFinal)]
    confidences = [event.confidence for event in finals if event.confidence is not None]
    consent = session.consent or {}
    return Provenance(
        engines=_engines(material, finals),
        recognition_confidence=round(fmean(confidences), 3) if confidences else None,
        limits=material.evaluation.notes if material.evaluation else (),
        consent_version=str(consent.get("notice_version", "")),
        consent_choices=tuple(words for name, words in CHOICES if consent.get(name)),
        recordings=_recordings(material, has_spoken=bool(finals)),
        retained_until=session.retain_until.date() if session.retain_until else None,
        log_head_hash=session.head_hash,
        log_entries=session.seq,
    )


def _engines(material: Material, finals: list[ev.TranscriptFinal]) -> tuple[Engine, ...]:
    heard = dict.fromkeys(event.engine for event in finals if event.engine)
    engines = [Engine("Speech recognition", name) for name in heard]
    engines.append(Engine("Interviewer", "scripted", f"plan version {material.story.plan.version}"))
    if material.evaluation is not None:
        engines.append(
            Engine("Evaluation", material.evaluation.evaluator, f"version {material.evaluation.version}")
        )
    return tuple(engines)


def _recordings(material: Material, *, has_spoken: bool) -> tuple[Recording, ...]:
    why_not = "" if material.is_recorded else NOT_AGREED if has_spoken else TYPED
    return (
        Recording("candidate", is_kept=material.is_recorded, note=why_not),
        Recording("interviewer", is_kept=False, note=NO_TRACK),
    )
