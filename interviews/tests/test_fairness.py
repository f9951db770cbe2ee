"""Names, pronouns, fillers and slips move no score of the evaluator that judges by words."""

import pytest
from msgspec.structs import replace

from interviews.bank import find_questions, get_question
from interviews.coverage import cover
from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.evaluation.lexical import evaluate_answer
from interviews.evaluation.ports import LexicalEvaluator
from interviews.fairness.probing import probe
from interviews.fairness.variants import (
    VARIANTS,
    drop_fillers,
    rewritten,
    smooth_grammar,
    swap_names,
    swap_pronouns,
)

SPOKEN = {
    "backend-migration": (
        "Um, so James and me, we was, uh, moving the billing to Postgres. We moved it in, um, small, uh, "
        "batches, and Emily wrote a script, you know, she compared every row in the both databases. He don't "
        "like risk, so we could roll back. Her idea. In the end we had, um, zero downtime."
    ),
    "nurse-handover": (
        "I tell my colleague the name and and why he is here, um, his condition, what has changed since the "
        "the morning, uh, which medicines are still to be done. I asked her about open questions. She have "
        "to repeat it back."
    ),
    "support-angry": (
        "Um, Mohammed was the customer, he was, uh, shouting. I stayed calm, I mean, I let him, um, speak. I "
        "said I am sorry. I asked him what exactly had happened, and we was sending a new one the same day."
    ),
    "general-introduction": "My name is Priya, I has six years with peoples in a hospital. I like to learn.",
}


def answers() -> list[AnswerFacts]:
    return [
        AnswerFacts(get_question(key), (SaidUtterance(text, 0, 20_000, 0.9, turn_id=1),))
        for key, text in SPOKEN.items()
    ]


async def test_nothing_that_must_not_matter_moves_a_score():
    results = await probe(answers(), LexicalEvaluator())
    assert [one.variant for one in results] == list(VARIANTS)
    assert [one.differences for one in results] == [()] * len(VARIANTS)
    assert all(one.changed_words for one in results if one.variant != "the same words again")


class Biased:
    """Judges like the words do, and takes ten points off for one name."""

    name = "biased"

    async def evaluate(self, facts):
        evaluation = evaluate_answer(facts)
        if any("Mohammed" in said.text for said in facts.utterances) and evaluation.score:
            return replace(evaluation, score=evaluation.score - 10)
        return evaluation


async def test_a_biased_evaluator_is_found():
    by_name = {one.variant: one for one in await probe(answers(), Biased())}
    names = by_name["other names"]
    assert sorted(one.points for one in names.differences) == [-10.0, 10.0]
    assert names.most_points == 10.0
    assert not by_name["other pronouns"].differences


@pytest.mark.parametrize(
    ("rewrite", "text", "expected"),
    [
        (swap_names, "I asked James, and emily.", "I asked Mohammed, and Fatima."),
        (swap_names, "Will you mark the May bill?", "Will you mark the May bill?"),
        (swap_pronouns, "He gave her his plan.", "She gave him her plan."),
        (swap_pronouns, "Her team asked her about it.", "His team asked him about it."),
        (swap_pronouns, "The manager, a man, asked his wife.", "The manager, a woman, asked her husband."),
        (drop_fillers, "Um, I, uh, think, you know, the the index.", "I think the index."),
        (smooth_grammar, "He don't know, we was gonna stop.", "He doesn't know, we were going to stop."),
    ],
)
def test_rewriting(rewrite, text, expected):
    assert rewrite(text) == expected


def test_rewriting_twice_leads_back_to_the_pronouns():
    text = "He told his sister that she should ask the gentleman himself."
    assert swap_pronouns(swap_pronouns(text)) == text


def test_times_and_confidences_stay():
    facts = answers()[0]
    other = rewritten(facts, swap_names)
    assert [(one.start_ms, one.end_ms, one.confidence) for one in other.utterances] == [(0, 20_000, 0.9)]
    assert other.question == facts.question


def test_no_question_of_the_bank_takes_a_name_for_knowledge():
    names = swap_names("james mohammed hiroshi emily fatima yuki michael ahmed sarah aisha thomas anna")
    assert not [entry.question.key for entry in find_questions() if cover(entry.question, names).covered]


def test_where_a_cue_holds_a_pronoun_it_stands_there_for_both():
    uneven = {
        entry.question.key
        for entry in find_questions()
        for point in entry.question.expected_points
        if {swap_pronouns(cue) for cue in point.cues} != set(point.cues)
    }
    assert uneven <= {"support-privacy"}  # the customer of that question is a woman
