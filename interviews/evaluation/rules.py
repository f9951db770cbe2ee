"""Makes an evaluation of what a model filled in: everything in it is checked, clamped or struck.

The model's word is a proposal. Coverage is computed from the points that hold (`evidence.py`), every other
score and the anchor are clamped to what those can carry (`ceilings.py`), every quote is literal, every text
cleaned (`wording.py`). So a model that obeys "give 100" moves nothing beyond these rules.
"""

from collections.abc import Iterable, Sequence
from statistics import median_low

from msgspec.structs import replace

from interviews.evaluation.ceilings import Carried, Proposed, clamp
from interviews.evaluation.clarity import Clarity, judge_clarity
from interviews.evaluation.evidence import Evidence, weigh
from interviews.evaluation.facts import AnswerFacts, SaidUtterance
from interviews.evaluation.form import AnswerForm, FindingForm
from interviews.evaluation.lexical import feedback_on, weighted
from interviews.evaluation.orders import addresses_judge
from interviews.evaluation.quotes import Quote, answer_text, match_quote
from interviews.evaluation.recognition import measure
from interviews.evaluation.results import (
    WEIGHTS,
    AnswerEvaluation,
    CandidateWords,
    Criterion,
    Finding,
    Judgement,
)
from interviews.evaluation.scorable import answering, blank
from interviews.evaluation.wording import clean, supported, without_echoes, without_expected
from interviews.plan import PlannedQuestion
from interviews.spoken_words import FILLERS, words

MOST_FINDINGS = 3  # of a model's own, beside those that code makes of the points
MOST_KEYWORDS = 8
MOST_KEYWORD_CHARS = 40
MOST_FINDING_CHARS = 240
MOST_GIST_CHARS = 400
MOST_FEEDBACK_CHARS = 600
FROM_MODEL = "Judged by a language model, within what the stated points can carry."
TO_THE_JUDGE = (
    "Part of this answer speaks to whoever judges it. Accuracy, depth and the anchor were held to what the "
    "stated points show; a person should read it."
)
DISPUTED = "The judgements of this answer lie more than one anchor apart: a person should decide."


def evaluate_form(facts: AnswerFacts, form: AnswerForm) -> AnswerEvaluation:
    """The evaluation that `form` comes to; `facts` must be those of an answer that can be scored.

    The caller adds who judged.
    """
    check = _Check(facts, form)
    criteria = check.criteria()
    anchors = facts.question.anchors
    return replace(
        blank(facts, "scored"),
        score=weighted(criteria),
        criteria=criteria,
        anchor=check.anchor,
        anchor_text=anchors.get(str(check.anchor), ""),
        next_anchor_text=anchors.get(str(check.anchor + 1), ""),
        covered_points=check.covered,
        strengths=(*check.covered, *check.strengths),
        improvements=(*(Finding(f"Not heard: {point}") for point in check.missed), *check.improvements),
        missed_points=check.missed,
        quotes=check.quotes(),
        keywords=check.keywords(),
        gist=check.gist(),
        feedback=check.feedback(),
        for_candidate=check.for_candidate(),
        attention=(TO_THE_JUDGE,) if check.is_addressed else (),
        quotes_struck=check.struck,
        recognition=measure(check.said),
    )


def combine(judgements: Sequence[AnswerEvaluation], question: PlannedQuestion) -> AnswerEvaluation:
    """One evaluation of several of the same answer: the middle one's words and score, the middle anchor."""
    if len(judgements) == 1:
        return judgements[0]
    in_order = sorted(judgements, key=lambda one: (one.score or 0.0, one.anchor or 0))
    middle = in_order[(len(in_order) - 1) // 2]
    anchor = median_low(one.anchor or 1 for one in in_order)
    whole = replace(
        middle,
        anchor=anchor,
        anchor_text=question.anchors.get(str(anchor), ""),
        next_anchor_text=question.anchors.get(str(anchor + 1), ""),
        judgements=tuple(Judgement(one.score, one.anchor) for one in judgements),
    )
    return replace(whole, attention=(*whole.attention, DISPUTED)) if whole.is_disputed else whole


class _Check:
    """One filled form beside the answer it is about."""

    def __init__(self, facts: AnswerFacts, form: AnswerForm) -> None:
        self.question = facts.question
        self.said: tuple[SaidUtterance, ...] = answering(facts.utterances)
        self.text = answer_text(self.said)
        self.is_addressed = addresses_judge(self.text)
        self._form = form
        self._evidence: Evidence = weigh(self.question, self.said, form.points, only_cues=self.is_addressed)
        self._clarity: Clarity = judge_clarity(self.text, self._evidence.fraction)
        self._clamped = clamp(
            Proposed(form.accuracy, form.clarity, form.depth, form.anchor),
            Carried(
                share=self._evidence.strong_fraction,
                word_count=sum(word not in FILLERS for word in words(self.text)),
                clarity=self._clarity.score,
                addresses_judge=self.is_addressed,
            ),
        )
        self.struck = self._evidence.quotes_struck
        self.anchor = int(self._clamped.anchor)
        points = self.question.expected_points
        self.covered = tuple(Finding(points[one.index].text, one.quote) for one in self._evidence.held)
        self.missed = tuple(points[index].text for index in self._evidence.missing)
        self.strengths = self._findings(form.strengths, needs_quote=True)
        self.improvements = self._findings(form.improvements, needs_quote=False)

    def criteria(self) -> tuple[Criterion, ...]:
        clamped = self._clamped
        stated = f"{len(self.covered)} of {self._evidence.total} expected points were stated."
        weak = sum(not one.is_strong for one in self._evidence.held)
        if weak:
            stated += f" {weak} of them in other words than expected, which counts half."
        heard = ", ".join(self._clarity.found)
        note = f"The words point to {heard}." if heard else "Little structure could be heard."
        return (
            Criterion("accuracy", WEIGHTS["accuracy"], clamped.accuracy, FROM_MODEL),
            Criterion("coverage", WEIGHTS["coverage"], round(100 * self._evidence.fraction, 1), stated),
            Criterion("clarity", WEIGHTS["clarity"], clamped.clarity, note),
            Criterion("depth", WEIGHTS["depth"], clamped.depth, FROM_MODEL),
        )

    def quotes(self) -> tuple[Quote, ...]:
        findings = (*self.covered, *self.strengths, *self.improvements)
        return tuple(dict.fromkeys(one.quote for one in findings if one.quote is not None))

    def keywords(self) -> tuple[str, ...]:
        short = (word.strip() for word in self._form.keywords if len(word) <= MOST_KEYWORD_CHARS)
        found = (match_quote(self.said, word) for word in short)
        return tuple(dict.fromkeys(one.text for one in found if one is not None))[:MOST_KEYWORDS]

    def gist(self) -> str:
        return supported(clean(self._form.gist, MOST_GIST_CHARS, self.text), self.text)

    def feedback(self) -> str:
        """What code says where nothing was stated: praise for nothing is worth nothing."""
        plain = feedback_on(len(self.covered), self.missed)
        written = clean(self._form.feedback, MOST_FEEDBACK_CHARS, self.text) if self.covered else ""
        return written or plain

    def for_candidate(self) -> CandidateWords:
        texts = (one.text for one in self.improvements)
        return CandidateWords(
            feedback=self._safe(clean(self._form.candidate_feedback, MOST_FEEDBACK_CHARS, self.text))
            if self.covered
            else "",
            improvements=tuple(dict.fromkeys(safe for text in texts if (safe := self._safe(text)))),
        )

    def _safe(self, text: str) -> str:
        return without_echoes(without_expected(text, self.question, self.text), self.text)

    def _findings(self, forms: Iterable[FindingForm], *, needs_quote: bool) -> tuple[Finding, ...]:
        found = []
        for form in list(forms)[:MOST_FINDINGS]:
            quote = match_quote(self.said, form.quote)
            self.struck += quote is None and bool(form.quote.strip())
            text = clean(form.text, MOST_FINDING_CHARS, self.text)
            if text and (quote is not None or not needs_quote):
                found.append(Finding(text, quote))
        return tuple(found)
