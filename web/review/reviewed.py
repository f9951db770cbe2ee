"""One interview as a reviewer reads it: answer by answer, what was said, judged, rated and overridden."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from interviews.api.entering import Entry
from interviews.evaluation.levels import performance_of
from interviews.models import Override as OverrideRow
from interviews.models import Rating
from interviews.models.rating import WHOLE_SESSION
from interviews.rating import ratings_shown_to
from interviews.reporting.content import content_of
from interviews.reporting.material import Material, gather
from interviews.sealing import Seal
from reports import wording
from reports.content import Answer, Question, ReportContent
from reports.overrides import Override
from reports.quotes import verify_quotes
from web.review.differing import differences
from web.review.quoting import with_seconds
from web.review.said import Said, read_conversation
from web.review.seals import review_seal

ANCHORS = range(1, 6)
USUAL_ANCHORS = {1: "far below what is asked for", 3: "what is asked for", 5: "far above what is asked for"}


class People(Struct, frozen=True):
    """How people rated one answer or the whole, as far as the reader may know."""

    own: Rating | None
    others: tuple[Rating, ...]
    differences: tuple[str, ...]


class Reviewed(Struct, frozen=True):
    """One question with everything about it that its reader may know."""

    question: Question
    said: tuple[Said, ...]
    is_sealed: bool
    people: People
    anchors: tuple[tuple[int, str], ...]
    override: Override | None = None
    former: tuple[OverrideRow, ...] = ()

    @property
    def number(self) -> int:
        return self.question.number

    @property
    def answer(self) -> Answer | None:
        return self.question.answer

    @property
    def level(self) -> str:
        """The word of the score's level."""
        known = self.answer.score if self.answer else None
        return "" if known is None else performance_of(known).label

    @property
    def is_playable(self) -> bool:
        return any(said.source for said in self.said)

    @property
    def state(self) -> str:
        """In a word, for the list of answers."""
        if self.answer is None:
            return "no answer"
        if self.people.own is not None:
            return f"you gave {self.people.own.score}"
        return "not rated by you"


class Review(Struct, frozen=True):
    content: ReportContent
    answers: tuple[Reviewed, ...]
    around: tuple[Said, ...]
    whole: People
    seal: Seal
    is_recorded: bool
    is_evaluated: bool

    @property
    def hides_anything(self) -> bool:
        return self.seal.hides_whole or any(one.is_sealed for one in self.answers if one.answer)


def read_review(entry: Entry) -> Review:
    """A bounded number of queries, however long the interview was."""
    material = gather(entry.session)
    content = verify_quotes(content_of(material, "panel"))
    talk = read_conversation(material)
    seal = review_seal(entry)
    ratings = list(ratings_shown_to(entry.user, entry.session, may_rate=entry.may_note))
    former = list(entry.session.overrides.order_by("pk"))
    around = _Around(entry, seal, ratings, former, content.overrides)
    answers = tuple(
        _reviewed(material, question, talk.turns.get(question.number, ()), around)
        for question in content.questions
    )
    return Review(
        content=content,
        answers=answers,
        around=talk.turns.get(WHOLE_SESSION, ()),
        whole=_people(entry, ratings, WHOLE_SESSION, None),
        seal=seal,
        is_recorded=talk.is_recorded,
        is_evaluated=material.evaluation is not None,
    )


class _Around(Struct, frozen=True):
    entry: Entry
    seal: Seal
    ratings: Sequence[Rating]
    former: Sequence[OverrideRow]
    overrides: Sequence[Override]


def _reviewed(material: Material, question: Question, said: tuple[Said, ...], around: _Around) -> Reviewed:
    number = question.number
    if question.answer is not None:
        question = replace(question, answer=with_seconds(question.answer, said))
    is_sealed = around.seal.hides(number)
    anchor = question.answer.anchor.level if question.answer and question.answer.anchor else None
    texts = material.story.answers[number - 1].question.anchors
    standing = next((one for one in around.overrides if one.question_number == number), None)
    return Reviewed(
        question=question,
        said=said,
        is_sealed=is_sealed,
        people=_people(around.entry, around.ratings, number, None if is_sealed else anchor),
        anchors=tuple((at, texts.get(str(at), "") or USUAL_ANCHORS.get(at, "")) for at in ANCHORS),
        override=None if is_sealed else standing,
        former=() if is_sealed else tuple(one for one in around.former if one.number == number),
    )


def _people(entry: Entry, ratings: Sequence[Rating], number: int, program: int | None) -> People:
    given = [one for one in ratings if one.number == number]
    own = next((one for one in given if one.author_id == entry.user.pk), None) if entry.user else None
    named = [("You" if one is own else one.author_name, one.score) for one in given]
    return People(own, tuple(one for one in given if one is not own), differences(named, program))


def what_it_comes_to(content: ReportContent) -> str:
    """The overall score with people's overrides, and what it rests on, as a sentence."""
    overridden = content.overall.overridden
    if overridden is None:
        return ""
    level = f" ({overridden.level})" if overridden.level else ""
    return (
        f"With what people set it comes to {wording.points(overridden.value)}{level}, "
        f"on {wording.count(overridden.answers_scored, 'scored answer')}."
    )
