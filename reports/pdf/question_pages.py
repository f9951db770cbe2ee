"""Each question as it was put, what came of it, and how that was judged."""

from collections.abc import Iterable, Sequence

from reports import wording
from reports.content import (
    Answer,
    FollowUp,
    HumanRating,
    Question,
    ReportContent,
    Words,
)
from reports.exchange import in_turn
from reports.open_questions import not_reached
from reports.overrides import Override
from reports.pdf import look
from reports.pdf.blocks import (
    LABELS,
    MAIN,
    beside,
    bookmarked,
    heading,
    kept,
    labelled,
    paragraph,
    say,
    section,
    spaced,
    timed,
)
from reports.pdf.flow import Piece
from reports.pdf.judgements import BY_ITS_WORDS, is_estimated, judgement, quotes
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_LONGEST_ANSWER = 420
"""Characters of an answer shown here where it has no gist; the transcript holds all of it."""


def question_pages(content: ReportContent, root: Element) -> list[Piece]:
    """This will give the questions, in the order they were asked."""
    unreached = not_reached(content.questions)  # they stand under the open questions
    asked = [question for question in content.questions if question not in unreached]
    if not asked:
        return []
    element, pieces = section("Questions and answers", root)
    if any(question.answer and is_estimated(question.answer) for question in content.questions):
        pieces += kept(say(BY_ITS_WORDS, look.QUIET, element.add("P")))
    for index, question in enumerate(asked):
        ratings = [rating for rating in content.human_ratings if rating.question_number == question.number]
        override = next((one for one in content.overrides if one.question_number == question.number), None)
        shown = _question(question, (ratings, override), element.add("Sect"))
        pieces += spaced(shown, 4 if index == 0 else 26)
    return pieces


def _question(
    question: Question, people: tuple[Iterable[HumanRating], Override | None], element: Element
) -> list[Piece]:
    """`people`: how they rated the answer, and what one of them set instead of the judgement."""
    ratings, override = people
    title = f"{question.number}  {one_line(question.text)}"
    head = beside(
        say(f"Question {question.number}", look.LABEL._replace(leading=17), element.add("P"), LABELS),
        heading(one_line(question.text), look.QUESTION, element.add("H2"), MAIN),
        20,
    )
    about = say(_about(question), look.SMALL, element.add("P"), MAIN, 2)
    if question.asked_because:
        about += say(shortened(question.asked_because, 200), look.SMALL, element.add("P"), MAIN)
    pieces = bookmarked(kept([*head, *about]), 1, shortened(title, 80))
    pieces += _exchange(question, element)
    if question.answer is None:
        note = one_line(question.outcome_note) or "No answer."
        return pieces + labelled("Answer", say(note, look.QUIET, element.add("P"), MAIN), element)
    pieces += quotes(question.answer, element)
    pieces += _override(override, element) if override is not None else []
    pieces += judgement(question.answer, element)
    return pieces + _ratings(ratings, element)


def _about(question: Question) -> str:
    answer = question.answer
    parts = [
        wording.sentence_case(question.kind),
        one_line(question.competency),
        one_line(question.difficulty),
    ]
    parts += ["asked word for word"] if question.mode == "verbatim" else []
    if question.put_in_by:
        parts.append(f"put in by {one_line(question.put_in_by)}")
    elif question.is_personal:
        parts.append("for this candidate alone, not in the overall score")
    if question.asked_at_ms is not None:
        parts.append(_unbroken(f"asked {wording.clock(question.asked_at_ms)}"))
    if question.took_ms is not None:
        parts.append(_unbroken(f"took {wording.length(question.took_ms)}"))
    if answer and answer.duration_ms is not None:
        verb = "typed" if answer.channel != "voice" else "spoke"
        parts.append(_unbroken(f"{verb} {wording.length(answer.duration_ms)}"))
    return " · ".join(part for part in parts if part)


def _unbroken(text: str) -> str:
    """A number stays on the line of its unit."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _exchange(question: Question, element: Element) -> list[Piece]:
    """The follow-ups and the answer: turn by turn where it is known when each was said."""
    answer = question.answer
    in_order = in_turn(question) if answer is not None and not answer.gist else ()
    if answer is None or not in_order:
        return _follow_ups(question.follow_ups, element) + (_answer(answer, element) if answer else [])
    pieces: list[Piece] = []
    for one in in_order:
        pieces += _said(one, element) if isinstance(one, Words) else _follow_ups([one], element)
    return pieces + _corrected(answer, element)


def _follow_ups(follow_ups: Sequence[FollowUp], element: Element) -> list[Piece]:
    pieces: list[Piece] = []
    for index, follow_up in enumerate(follow_ups):
        kind = (
            "" if follow_up.by or follow_up.kind == "follow_up" else wording.reply(one_line(follow_up.kind))
        )
        remark = " · ".join(part for part in (kind, one_line(follow_up.by)) if part)
        spans = [Span(one_line(follow_up.text), look.BODY), Span(f"  {remark}", look.SMALL)]
        body = timed(follow_up.at_ms, spans, element.add("P"), MAIN)
        label = "Said by a person" if follow_up.by else "Follow-up" if len(follow_ups) == 1 else "Follow-ups"
        pieces += labelled(label, body, element) if index == 0 else spaced(body, 2)
    return pieces


def _said(words: Words, element: Element) -> list[Piece]:
    spans = _shown(words.text, _LONGEST_ANSWER)
    return labelled("Answer", timed(words.at_ms, spans, element.add("BlockQuote"), MAIN), element)


def _shown(text: str, most: int) -> list[Span]:
    shown = shortened(text, most) or "No words."
    return [
        Span(shown, look.SAID),
        Span("  whole answer in the transcript" if shown.endswith("…") else "", look.SMALL),
    ]


def _answer(answer: Answer, element: Element) -> list[Piece]:
    if answer.gist:
        pieces = labelled("In short", say(printable(answer.gist), look.BODY, element.add("P"), MAIN), element)
    else:
        body = paragraph(_shown(answer.text, _LONGEST_ANSWER), element.add("BlockQuote"), MAIN)
        pieces = labelled("Answer", body, element)
    return pieces + _corrected(answer, element)


def _corrected(answer: Answer, element: Element) -> list[Piece]:
    """What the candidate changed afterwards; what was heard first stands above it."""
    changed = (
        ("Corrected by the candidate", answer.corrected_text),
        ("Answered once more, judged", answer.redone_text),
    )
    pieces: list[Piece] = []
    for label, text in changed:
        if text:
            body = say(shortened(text, _LONGEST_ANSWER), look.SAID, element.add("BlockQuote"), MAIN)
            pieces += labelled(label, body, element)
    return pieces


def _override(override: Override, element: Element) -> list[Piece]:
    """Who set what instead, when and why; the judgement itself stands below, as it was."""
    former = f" instead of {override.instead_of}" if override.instead_of is not None else ""
    what = "Not scorable" if override.score is None else f"{override.score} of 5{former}"
    on = f", {wording.day(override.made_on)}" if override.made_on else ""
    spans = [
        Span(f"{what}  ", look.STRONG),
        Span(f"{one_line(override.by)}{on}: {printable(override.reason)}", look.BODY),
    ]
    return labelled("Set by a person", paragraph(spans, element.add("P"), MAIN), element)


def _ratings(ratings: Iterable[HumanRating], element: Element) -> list[Piece]:
    pieces: list[Piece] = []
    for rating in ratings:
        spans = [
            Span(f"{one_line(rating.by)}  ", look.BODY),
            Span(f"{wording.rating(rating.score)}  ", look.NUMBER_STRONG),
            Span(one_line(rating.comment), look.BODY),
        ]
        body = paragraph(spans, element.add("P"), MAIN)
        pieces += spaced(body, 2) if pieces else labelled("Rated by people", body, element)
    return pieces
