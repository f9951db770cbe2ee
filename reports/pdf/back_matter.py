"""The end of both editions: where the content comes from, what it can't say, and whom to ask."""

from collections.abc import Iterable

from reports import wording
from reports.content import Contact, Question, ReportContent
from reports.origins import ModelUse, Provenance, Recording
from reports.pdf import look
from reports.pdf.blocks import MAIN, bullets, labelled, paragraph, say, section, subheading
from reports.pdf.flow import Piece
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable
from reports.typesetting.lines import Span

HOW_TO_CONTEST = (
    "If you think something here is wrong, say so: ask for a person to look at it again, correct your words, "
    "or ask for your data or its deletion."
)
_DIGEST = 12
"""Characters of a digest, enough to tell two apart; the JSON has all of them."""
NEVER_JUDGED = "Nothing is said about emotion, accent, looks or confidence: none of it is looked at."


def limits_and_provenance(content: ReportContent, root: Element) -> list[Piece]:
    """This will say which engines took part, what they can't tell, and how to check and contest."""
    element, pieces = section("Limits and where this comes from", root)
    provenance = content.provenance
    pieces += bullets([*_limits(content), NEVER_JUDGED], element)
    pieces += _engines(provenance, element)
    pieces += _judged_with(content.questions, element)
    pieces += subheading("Consent, keeping and proof", element)
    pieces += kept_and_agreed(
        (provenance.consent_version, provenance.consent_choices), provenance.recordings, element
    )
    if provenance.retained_until:
        until = say(wording.day(provenance.retained_until), look.BODY, element.add("P"), MAIN)
        pieces += labelled("Kept until", until, element, 1)
    entries = (
        f" after {wording.count(provenance.log_entries, 'entry', 'entries')}"
        if provenance.log_entries
        else ""
    )
    pieces += proof(content.session_uuid, provenance.log_head_hash, entries, element)
    pieces += subheading("To contest or ask", element)
    return pieces + contact(content.contact, element)


def _engines(provenance: Provenance, element: Element) -> list[Piece]:
    pieces = subheading("Engines and versions", element) if provenance.engines else []
    for engine in provenance.engines:
        spans = [Span(one_line(engine.name), look.BODY), Span(f"  {one_line(engine.version)}", look.QUIET)]
        pieces += labelled(one_line(engine.role), paragraph(spans, element.add("P"), MAIN), element, 1)
    if provenance.plan:
        pieces += labelled(
            "Plan", say(printable(provenance.plan), look.BODY, element.add("P"), MAIN), element, 1
        )
    if provenance.model_use:
        cost = say(_cost(provenance.model_use), look.BODY, element.add("P"), MAIN)
        pieces += labelled("Model use", cost, element, 1)
    return pieces


def _cost(use: ModelUse) -> str:
    """Requests, tokens and money in one line."""
    failed = f", {use.failures} of them without an answer" if use.failures else ""
    about = "about " if use.is_estimate else ""
    parts = [
        ", ".join(one_line(model) for model in use.models),
        f"{wording.count(use.requests, 'request')}{failed}",
        f"{about}{use.input_tokens} tokens in, {use.output_tokens} out",
    ]
    parts += [f"{use.money:.4f} at the prices set here"] if use.money is not None else []
    return " · ".join(part for part in parts if part)


def _judged_with(questions: Iterable[Question], element: Element) -> list[Piece]:
    """Which judge, rubric and words each judgement rests on: with them it can be made again and compared."""
    judged = [(one, one.answer.judged_with) for one in questions if one.answer and one.answer.judged_with]
    pieces = subheading("What each answer was judged with", element) if judged else []
    for question, by in judged:
        parts = [
            " ".join(part for part in (by.evaluator, by.version) if part),
            " at ".join(part for part in (by.model, by.host) if part),
            f"prompt {by.prompt_version}" if by.prompt_version else "",
            f"rubric {by.rubric_digest[:_DIGEST]}" if by.rubric_digest else "",
            f"words {by.inputs_digest[:_DIGEST]}" if by.inputs_digest else "",
        ]
        text = one_line(" · ".join(part for part in parts if part))
        body = say(text, look.SMALL_INK, element.add("P"), MAIN)
        if by.fallback_reason:
            body += say(one_line(by.fallback_reason), look.SMALL, element.add("P"), MAIN)
        pieces += labelled(f"Question {question.number}", body, element, 1)
    return pieces


def kept_and_agreed(
    consent: tuple[str, Iterable[str]], recordings: Iterable[Recording], element: Element
) -> list[Piece]:
    """This will say what was agreed to and what sound is kept."""
    version, choices = consent
    agreed = ", ".join(one_line(choice) for choice in choices)
    if version:
        agreed = f"{agreed or 'nothing beyond taking part'} (notice {one_line(version)})"
    text = agreed or "no choice was recorded"
    pieces = labelled("Agreed to", say(text, look.BODY, element.add("P"), MAIN), element, 1)
    for recording in recordings:
        text = "kept" if recording.is_kept else "not kept"
        text += f": {one_line(recording.note)}" if recording.note else ""
        body = say(text, look.BODY, element.add("P"), MAIN)
        pieces += labelled(f"Sound, {recording.side}", body, element, 1)
    return pieces


def proof(session_uuid: str, head_hash: str, entries: str, element: Element) -> list[Piece]:
    """This will print what ties the report to its log."""
    pieces = labelled(
        "Conversation", say(one_line(session_uuid), look.NUMBER, element.add("P"), MAIN), element, 1
    )
    if head_hash:
        body = say(f"{one_line(head_hash)}{entries}", look.NUMBER, element.add("P"), MAIN)
        pieces += labelled("Log", body, element, 1)
    return pieces


def contact(contact: Contact, element: Element) -> list[Piece]:
    """This will print how to contest and whom to ask."""
    pieces = say(printable(contact.how_to_contest) or HOW_TO_CONTEST, look.BODY, element.add("P"))
    parts = [contact.name, contact.organisation, contact.email, contact.phone]
    who = " · ".join(one_line(part) for part in parts if part)
    return pieces + say(who or "Write to whoever invited you.", look.STRONG, element.add("P"), space=4)


def _limits(content: ReportContent) -> list[str]:
    found = [one_line(limit) for limit in content.provenance.limits]
    confidence = content.provenance.recognition_confidence
    if confidence is not None and wording.is_known(confidence):
        found.append(f"Speech was recognised with a mean confidence of {wording.per_cent(confidence)}.")
    not_scorable = [q for q in content.questions if q.answer and not q.answer.is_scorable]
    for question in not_scorable:
        reason = one_line(question.answer.not_scorable_reason) if question.answer else ""
        found.append(f"The answer to question {question.number} could not be scored. {reason}".strip())
    if content.provenance.thresholds:
        found.append(one_line(content.provenance.thresholds))
    if content.quotes_struck:
        quotes = wording.count(content.quotes_struck, "quote")
        was = "was" if content.quotes_struck == 1 else "were"
        found.append(f"{quotes} could not be found in the transcript and {was} struck.")
    return found
