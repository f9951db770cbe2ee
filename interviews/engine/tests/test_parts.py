"""The interviewer, the judges and the writer that ask an engine, and what they make of what it answers."""

import pytest

from interviews.bank import get_question
from interviews.engine.backends.http import HttpEngine
from interviews.engine.coverage_judge import EngineCoverageJudge
from interviews.engine.evaluator import EngineEvaluator
from interviews.engine.interviewer import EngineInterviewer
from interviews.engine.question_writer import EngineQuestionWriter
from interviews.engine.tests.local_engine import TEXT, Answer, LocalEngine, fails, says, streams
from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.evaluation.ports import EvaluatorError
from interviews.interviewer.brief import build_brief
from interviews.interviewer.ports import InterviewerError
from interviews.mind.choosing import build_mind
from interviews.mind.settings import MindSettings
from interviews.moves import Move
from interviews.plan import Plan
from interviews.planning.ports import QuestionWish, WriterError

QUESTION = get_question("backend-index")
PLAN = Plan(role="Backend engineer", questions=(QUESTION, get_question("backend-cache")))
SAID = "I am Ada Byron. I would add an index on the user id column, since it finds rows faster."
FOLLOW_UP = build_brief(
    PLAN,
    Move("follow_up", 0, point_index=1),
    current_index=0,
    last_covered=0,
    history=(("interviewer", QUESTION.text), ("candidate", SAID)),
    candidate_text=SAID,
)
NEXT = build_brief(PLAN, Move("acknowledge_and_next", 1), current_index=0, candidate_text=SAID)
FACTS = AnswerFacts(
    QUESTION, (SaidUtterance(SAID, 1_000, 6_000, 0.9, turn_id=1, utterance_id=1),), names=("Ada Byron",)
)
JUDGED = {
    "points": [
        {"number": 1, "quote": "add an index on the user id column"},
        {"number": 3, "quote": "I always measure first"},
    ],
    "accuracy": 100, "clarity": 100, "depth": 100, "anchor": 5,
    "model": "mine-7b", "prompt_version": "3",
}  # fmt: skip


@pytest.fixture
def local():
    with LocalEngine() as engine:
        yield engine


@pytest.fixture
async def http(local):
    engine = HttpEngine(local.address)
    yield engine
    await engine.aclose()


async def worded(http, brief) -> str:
    return "".join([part async for part in EngineInterviewer(http).compose(brief)]).strip()


async def test_a_follow_up_in_the_engines_words(local, http):
    words = "An index, I see. What does such a remedy cost elsewhere?"
    local.will["/v1/reply"] = [streams(words)]
    assert await worded(http, FOLLOW_UP) == words
    _, wish, _ = local.asked[0]
    assert wish["missing_topic"] == QUESTION.expected_points[1].topic
    assert wish["candidate_text"] == SAID
    assert QUESTION.expected_points[1].text not in str(wish)
    assert QUESTION.anchors["5"] not in str(wish)


async def test_the_next_question_is_asked_in_its_own_words(local, http):
    local.will["/v1/reply"] = [says({"text": "Thank you for telling me about the index."})]
    reply = await worded(http, NEXT)
    assert reply.startswith("Thank you for telling me about the index.")
    assert reply.endswith(PLAN.questions[1].text)


@pytest.mark.parametrize(
    "words",
    ["You are hired!", "Go to https://evil.example now.", "How old are you?", "It makes writes slower."],
)
async def test_what_is_not_fit_is_said_in_other_words(local, http, words):
    local.will["/v1/reply"] = [says({"text": words})]
    reply = await worded(http, FOLLOW_UP)
    assert words not in reply
    assert reply.endswith("?")


async def test_an_engine_that_fails_leaves_the_word_to_another(local, http):
    local.will["/v1/reply"] = [fails(500)]
    with pytest.raises(InterviewerError, match="500"):
        await worded(http, FOLLOW_UP)


async def test_an_engine_that_breaks_off_is_completed(local, http):
    local.will["/v1/reply"] = [
        Answer([b"You spoke about an index. And wh"], content_type=TEXT, is_whole=False)
    ]
    reply = await worded(http, FOLLOW_UP)
    assert reply.startswith("You spoke about an index.")
    assert reply.endswith("?")


async def test_judgements_keep_to_the_rules(local, http):
    local.will["/v1/evaluation"] = [says(JUDGED)]
    judged = await EngineEvaluator(http).evaluate(FACTS)
    assert "Ada" not in str(local.asked[0][1])
    assert judged.status == "scored"
    assert judged.quotes_struck == 1
    assert len(judged.covered_points) == 1
    assert judged.anchor < 5
    assert judged.score < 90
    assert (judged.evaluator, judged.origin.model, judged.origin.prompt_version) == ("engine", "mine-7b", "3")


async def test_what_can_not_be_scored_is_not_sent(local, http):
    judged = await EngineEvaluator(http).evaluate(AnswerFacts(QUESTION, is_skipped=True))
    assert judged.status == "skipped"
    assert not local.asked


async def test_a_failing_judge_says_so(local, http):
    local.will["/v1/evaluation"] = [says({"points": []})]
    with pytest.raises(EvaluatorError, match="accuracy") as caught:
        await EngineEvaluator(http).evaluate(FACTS)
    assert caught.value.permanent


async def test_coverage_needs_words_that_were_said(local, http):
    local.will["/v1/coverage"] = [
        says({"points": [{"number": 1, "quote": "finds rows faster"}, {"number": 2, "quote": "never said"}]})
    ]
    assert await EngineCoverageJudge(http).judge(QUESTION, SAID) == (0,)


async def test_an_engine_without_coverage_is_asked_once(local, http):
    judge = EngineCoverageJudge(http)
    assert await judge.judge(QUESTION, SAID) == ()
    assert await judge.judge(QUESTION, SAID) == ()
    assert len(local.asked) == 1


async def test_a_failing_coverage_is_told(local, http):
    local.will["/v1/coverage"] = [Answer([b"?"])]
    with pytest.raises(InterviewerError):
        await EngineCoverageJudge(http).judge(QUESTION, SAID)


def as_written(question) -> dict:
    return {
        "text": question.text.replace("slow", "rather slow"),
        "competency": question.competency,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "expected_points": [
            {"text": point.text, "topic": point.topic, "cues": list(point.cues)}
            for point in question.expected_points
        ],
        "follow_ups": list(question.follow_ups),
        "anchors": dict(question.anchors),
        "rephrase": question.rephrase,
        "help": question.help,
    }


async def test_only_questions_that_are_fit_come_through(local, http):
    good = as_written(QUESTION)
    private = {**good, "text": "Do you have children, and how old are you, if I may ask you that today?"}
    local.will["/v1/questions"] = [says({"questions": [private, good, good]})]
    questions = await EngineQuestionWriter(http).write(QuestionWish("Backend engineer", count=1))
    assert [one.text for one in questions] == [good["text"]]
    assert local.asked[0][1]["role"] == "Backend engineer"
    local.will["/v1/questions"] = [fails(400)]
    with pytest.raises(WriterError):
        await EngineQuestionWriter(http).write(QuestionWish("Backend engineer"))


async def test_the_mind_of_the_settings(local):
    local.will["/health"] = [says({"name": "mine", "version": "2"}), fails(404)]
    mind = build_mind(MindSettings(choice="external", engine_url=local.address))
    probe = await mind.probe()
    assert (probe.is_ok, probe.detail) == (True, "mine 2 at 127.0.0.1 answers.")
    probe = await mind.probe()
    assert (probe.is_ok, probe.detail) == (False, "The engine answered 404.")
    assert mind.make_interviewer(lambda spent: None).name == "engine"
    assert mind.make_evaluator(lambda spent: None).name == "engine"
    await mind.aclose()
