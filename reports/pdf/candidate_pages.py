"""The candidate edition: the questions, the candidate's own words, feedback, and rights."""

from reports import wording
from reports.editions import CandidateReport, OwnQuestion
from reports.pdf import look
from reports.pdf.back_matter import NEVER_JUDGED, contact, kept_and_agreed, proof
from reports.pdf.blocks import (
    LABELS,
    MAIN,
    beside,
    bookmarked,
    bullets,
    heading,
    kept,
    labelled,
    paragraph,
    rule,
    say,
    section,
    spaced,
    subheading,
)
from reports.pdf.flow import Piece
from reports.pdf.front_page import scored
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_RIGHTS = (
    "A person decides about you, not this program. You can ask which person, and why.",
    "You can read and correct your words, and ask for a person to look at your answers again.",
    "You can ask for a copy of your data, or for its deletion, at any time.",
)


_PRACTICE_RIGHTS = (
    "Nothing is decided on a practice; it is there to learn from.",
    "You can read and correct your words on its page.",
)

_ENGINES = {
    "lexical": "comparing words with those that were listened for; no language model",
    "rules": "rules; nothing was there to be judged",
    "scripted": "written questions and rules; no language model",
    "language_model": "a language model",
}
"""What those engines are whose names say it to nobody outside."""

_WORDS = "These are your own words as they were heard, with your corrections."
_NO_WORDS = "The conversation ended before the first question."


def candidate_pages(report: CandidateReport, root: Element) -> list[Piece]:
    """This will give the whole edition."""
    pieces = _opening(report, root)
    for part in (_questions, _not_scorable, _rights):
        pieces += part(report, root)
    return pieces


def _opening(report: CandidateReport, root: Element) -> list[Piece]:
    element = root.add("Sect")
    kind = "Your practice" if report.is_practice else "Your interview"
    particulars = [wording.moment(report.held_at)] if report.held_at else []
    particulars += [wording.length(report.duration_ms)] if report.duration_ms else []
    if report.questions_asked:
        asked = wording.count(report.questions_asked, "question")
        particulars.append(f"{report.questions_answered} of {asked} answered")
    pieces = say(shortened(report.organisation, 60), look.SMALL_STRONG, element.add("P"))
    pieces = bookmarked(pieces, 0, kind)
    pieces += spaced(heading(kind, look.TITLE, element.add("H1")), 14)
    who = [
        Span(one_line(report.candidate_name), look.H2),
        Span(" · ", look.H2),
        Span(one_line(report.role), look.H2),
    ]
    pieces += paragraph(who, element.add("P"), space=2)
    pieces += say(" · ".join(particulars), look.QUIET, element.add("P"), space=2)
    pieces.append(rule(space=14, after=10))
    thanks = f"Thank you for your time. {_WORDS if report.questions else _NO_WORDS}"
    pieces += say(thanks, look.BODY, element.add("P"))
    pieces += _score(report, element)
    if report.feedback:
        pieces += subheading("Feedback", element)
        pieces += say(printable(report.feedback), look.SAID, element.add("P"))
    return pieces


def _score(report: CandidateReport, element: Element) -> list[Piece]:
    score = report.score
    if score is None:
        return []
    return [scored((score.value, score.level, None), [], element)._replace(space_before=12)]


def _questions(report: CandidateReport, root: Element) -> list[Piece]:
    if not report.questions:
        return []
    element, pieces = section("Questions and your answers", root)
    for index, question in enumerate(report.questions):
        asked = _question(question, element.add("Sect"))
        pieces += spaced(asked, 4 if index == 0 else 22)
    return pieces


def _question(question: OwnQuestion, element: Element) -> list[Piece]:
    head = beside(
        say(f"Question {question.number}", look.LABEL._replace(leading=17), element.add("P"), LABELS),
        heading(one_line(question.text), look.QUESTION, element.add("H2"), MAIN),
        18,
    )
    pieces = bookmarked(kept(head), 1, shortened(f"{question.number}  {question.text}", 80))
    pieces += _exchange(question, element) if question.exchange else _gathered(question, element)
    if question.corrected_words:
        own = say(printable(question.corrected_words).strip(), look.SAID, element.add("BlockQuote"), MAIN)
        pieces += labelled("You corrected", own, element)
    if question.second_words:
        own = say(printable(question.second_words).strip(), look.SAID, element.add("BlockQuote"), MAIN)
        pieces += labelled("You answered once more; this counts", own, element)
    pieces += _scores(question, element)
    if question.feedback:
        pieces += labelled(
            "Feedback", say(printable(question.feedback), look.BODY, element.add("P"), MAIN), element
        )
    return pieces


def _exchange(question: OwnQuestion, element: Element) -> list[Piece]:
    """What they said and were asked, as it came."""
    pieces: list[Piece] = []
    for turn in question.exchange:
        if turn.is_own:
            pieces += _own(turn.text, element, is_typed=turn.is_typed)
        else:
            asked = say(one_line(turn.text), look.BODY, element.add("P"), MAIN)
            who = f"{one_line(turn.by)} said" if turn.by else "Also asked"
            pieces += labelled(who, asked, element)
    return pieces


def _gathered(question: OwnQuestion, element: Element) -> list[Piece]:
    pieces: list[Piece] = []
    if question.follow_ups:
        asked = bullets([one_line(text) for text in question.follow_ups], element, MAIN)
        pieces += labelled("Also asked", asked, element)
    if question.words or question.corrected_words:
        return pieces + _own(question.words, element, is_typed=question.channel != "voice")
    if question.second_words:
        return pieces
    note = one_line(question.outcome_note) or "You gave no answer."
    return pieces + labelled("Your answer", say(note, look.QUIET, element.add("P"), MAIN), element)


def _own(words: str, element: Element, *, is_typed: bool) -> list[Piece]:
    verb = "You wrote" if is_typed else "You said"
    own = say(printable(words).strip(), look.SAID, element.add("BlockQuote"), MAIN)
    return labelled(verb, own, element)


def _scores(question: OwnQuestion, element: Element) -> list[Piece]:
    if question.score is None:
        return []
    parts = [
        f"{wording.sentence_case(one_line(c.name))} {wording.points(c.score)}" for c in question.criteria
    ]
    spans = [
        Span(f"{wording.points(question.score)}  ", look.NUMBER_STRONG),
        Span(" · ".join(parts), look.NUMBER),
    ]
    return labelled("Score", paragraph(spans, element.add("P"), MAIN), element)


def _not_scorable(report: CandidateReport, root: Element) -> list[Piece]:
    missed = [question for question in report.questions if not question.is_scorable]
    if not missed:
        return []
    element, pieces = section("What could not be scored", root)
    pieces += kept(say("This never counts against you.", look.BODY, element.add("P")))
    for question in missed:
        reason = one_line(question.not_scorable_reason) or "We could not hear it well enough."
        body = say(reason, look.BODY, element.add("P"), MAIN)
        pieces += labelled(f"Question {question.number}", body, element, 4)
    return pieces


def _rights(report: CandidateReport, root: Element) -> list[Piece]:
    title = "What happens with it" if report.is_practice else "Your rights, and whom to ask"
    element, pieces = section(title, root)
    pieces += bullets([*(_PRACTICE_RIGHTS if report.is_practice else _RIGHTS), NEVER_JUDGED], element)
    if report.contact.organisation or not report.is_practice:
        pieces += spaced(contact(report.contact, element), 8)
    pieces += subheading("What is kept", element)
    pieces += kept_and_agreed((report.consent_version, report.consent_choices), report.recordings, element)
    if report.retained_until:
        until = say(wording.day(report.retained_until), look.BODY, element.add("P"), MAIN)
        pieces += labelled("Kept until", until, element, 1)
    pieces += proof(report.session_uuid, report.log_head_hash, "", element)
    if report.engines:
        pieces += subheading("What took part", element)
    for role, name in report.engines:
        told = _ENGINES.get(name, one_line(name))
        pieces += labelled(one_line(role), say(told, look.BODY, element.add("P"), MAIN), element, 1)
    return pieces
