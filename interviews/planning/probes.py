"""Questions that go into the claims of one candidate's résumé; they compare nobody with anybody."""

import hashlib
from collections.abc import Iterable

from msgspec.structs import replace

from interviews.bank.lint import find_faults
from interviews.coverage import matching_cues
from interviews.plan import Claim, ExpectedPoint, PlannedQuestion

COMPETENCY = "Own experience"
_ASKS = {
    "result": "Your CV mentions “{claim}”. What was your own part, and how did it come about?",
    "responsibility": "Your CV mentions “{claim}”. What was your own part, and how did you go about it?",
    "technology": "Your CV mentions {claim}. Where did you last use one of these, and what for?",
    "post": "Your CV mentions “{claim}”. Which work from that time could you tell me about?",
}
_REPHRASE = "Please tell me about that part of your CV: what did you do there yourself, and what came of it?"
_HELP = "Take one example that you remember well, and begin with what the situation was."
_POINTS = (
    ExpectedPoint(
        text="Tells what they did themselves: I did this, I decided that.",
        topic="what you did and what others did",
        cues=(
            "i did", "i decided", "i wrote", "i built", "i led", "i designed", "i set up", "i planned",
            "i organis*", "i organiz*", "i was responsible", "i took over", "my part", "my role", "my task*",
            "on my own", "by myself", "i suggest*", "i proposed", "i introduc*", "i ran", "i manag*",
        ),
        probe="Which part of that did you do, and which did others do?",
    ),
    ExpectedPoint(
        text="Says how it was done, in steps: first one thing, then the next.",
        topic="the way you went",
        cues=("first", "step*", "started with", "started by", "began with", "began by", "after that",
              "approach", "method*", "in order to", "so that"),
        probe="How did you go about it in the beginning?",
    ),
    ExpectedPoint(
        text="Names the result, and the numbers or signs that it was measured by.",
        topic="what came of it and how you know",
        cues=("result*", "measur*", "metric*", "percent", "number*", "compared with", "before and after",
              "we tracked", "i tracked", "in the end", "feedback", "fewer", "faster", "increas*", "reduc*"),
        probe="How could you tell whether it had worked?",
    ),
    ExpectedPoint(
        text="Says what was hard about it, or what they would do differently.",
        topic="what did not go by itself",
        cues=("hard", "harder", "hardest", "difficult*", "challeng*", "problem*", "struggl*", "went wrong",
              "tricky", "differently", "mistake*", "learned", "learnt"),
        probe="What gave you the most trouble on the way?",
    ),
)  # fmt: skip
_ANCHORS = {
    "1": "Can say nothing of their own about it.",
    "2": "Repeats the claim, without what they did themselves.",
    "3": "Tells what they did in it.",
    "4": "Tells their own part, how they went about it and what came of it.",
    "5": "As four, with how it was measured and what they would do differently.",
}


def probe_claims(
    claims: Iterable[Claim], count: int
) -> tuple[tuple[Claim, ...], tuple[PlannedQuestion, ...]]:
    """All the claims, and at most `count` questions that go into the first that can be asked about."""
    kept: list[Claim] = []
    questions: list[PlannedQuestion] = []
    for claim in claims:
        question = probe_for(claim) if len(questions) < count else None
        if question is not None:
            questions.append(question)
        kept.append(replace(claim, question_key=question.key) if question is not None else claim)
    return tuple(kept), tuple(questions)


def probe_for(claim: Claim) -> PlannedQuestion | None:
    """The question that goes into `claim`; None when it would not be fit to ask."""
    question = PlannedQuestion(
        key=f"claim-{hashlib.sha256(claim.text.casefold().encode()).hexdigest()[:10]}",
        text=_ASKS[claim.kind].format(claim=claim.text),
        kind="behavioral",
        competency=COMPETENCY,
        expected_points=_POINTS,
        follow_ups=(_POINTS[0].probe, _POINTS[2].probe),
        anchors=dict(_ANCHORS),
        rephrase=_REPHRASE,
        help=_HELP,
        source="resume",
        is_core=False,
        reason=f"The résumé says: {claim.text}",
    )
    fit = without_given_away_cues(question)
    return None if find_faults([fit]) else fit


def without_given_away_cues(question: PlannedQuestion) -> PlannedQuestion:
    """The question without the cues that stand in its own words: whoever repeats those has said nothing."""
    heard = f"{question.text}\n{question.rephrase}\n{question.help}"
    points = []
    for point in question.expected_points:
        where = f"{heard}\n{point.topic}\n{point.probe}"
        given_away = matching_cues(point.cues, where)
        points.append(replace(point, cues=tuple(cue for cue in point.cues if cue not in given_away)))
    return replace(question, expected_points=tuple(points))
