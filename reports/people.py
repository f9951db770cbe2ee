"""What people think of a conversation, in a sentence or two: to stand beside what a program computed."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from reports import wording
from reports.content import HumanRating, ReportContent

FAR_APART = 2
"""Steps on 1–5 from which two people are said to disagree."""
_MOST_NAMED = 4


_HELD_BACK = "Others have rated as well; what they gave is left out here."


def people_say(ratings: Sequence[HumanRating], *, holds_back: bool = False) -> str:
    """This will say how people rated, and where they disagree; that nobody has where nobody did.

    `holds_back`: whether there are ratings which the reader may not see yet.
    """
    known = [one for one in ratings if wording.is_known(one.score)]
    held_back = _HELD_BACK if holds_back else ""
    if not known:
        return held_back or "Nobody has rated it yet."
    return " ".join(part for part in (_whole(known), _answers(known), _apart(known), held_back) if part)


def means_of_people(content: ReportContent) -> dict[str, float]:
    """By competency the mean of people's ratings of it, and of the answers that speak to it.

    As with the computed means, what only this candidate was asked is left out.
    """
    speaks_to = {
        one.number: one.competency
        for one in content.questions
        if one.competency and not one.is_personal and not one.put_in_by
    }
    given: dict[str, list[float]] = {}
    for one in content.human_ratings:
        number = one.question_number
        name = one.competency if number is None else speaks_to.get(number, "")
        if name and one.score is not None and wording.is_known(one.score):
            given.setdefault(name, []).append(one.score)
    return {name: fmean(scores) for name, scores in given.items()}


def _whole(ratings: Iterable[HumanRating]) -> str:
    whole = [one for one in ratings if one.question_number is None and not one.competency]
    if not whole:
        return ""
    named = [f"{wording.rating(one.score)} ({_name(one)})" for one in whole[:_MOST_NAMED]]
    more = f" and {len(whole) - _MOST_NAMED} more" if len(whole) > _MOST_NAMED else ""
    return f"People rate the whole, of 5: {', '.join(named)}{more}."


def _answers(ratings: Iterable[HumanRating]) -> str:
    scores = [one.score for one in ratings if one.question_number is not None and one.score is not None]
    numbers = {one.question_number for one in ratings if one.question_number is not None}
    if not scores:
        return ""
    mean = wording.mean(sum(scores) / len(scores))
    given = wording.count(len(scores), "rating")
    return f"People gave {given} to {wording.count(len(numbers), 'answer')}, mean {mean} of 5."


def _apart(ratings: Iterable[HumanRating]) -> str:
    scores: dict[tuple[int | None, str], list[float]] = {}
    for one in ratings:
        if one.score is not None:
            scores.setdefault((one.question_number, one.competency), []).append(one.score)
    apart = [about for about, given in scores.items() if max(given) - min(given) >= FAR_APART]
    numbers = [str(number) for number, _ in apart if number is not None]
    places = ["the whole"] if (None, "") in apart else []
    places += [f"{'question' if len(numbers) == 1 else 'questions'} {', '.join(numbers)}"] if numbers else []
    places += [name for number, name in apart if number is None and name]
    return f"They disagree on {' and '.join(places)}." if places else ""


def _name(rating: HumanRating) -> str:
    return " ".join(rating.by.split())[:40] or "no name"
