"""The scripted interviewer through whole interviews: what it says, and what it never says."""

import pytest
from msgspec.structs import replace

from interviews.bank import demo_plan, find_questions, get_question
from interviews.coverage import cover
from interviews.intents import detect_intent
from interviews.interviewer.backends import wording
from interviews.interviewer.backends.scripted import ScriptedInterviewer, compose_text
from interviews.interviewer.brief import HISTORY_TURNS, build_brief
from interviews.interviewer.choice import as_said, choose
from interviews.interviewer.facts import find_facts
from interviews.interviewer.ports import Interviewer
from interviews.interviewer.sentences import split_sentences
from interviews.moves import Move, Progress, TurnFacts, after, next_move, opening_move, with_coverage
from interviews.plan import Plan, queued_question

PLAN = demo_plan(8)
JUDGING = (
    "great",
    "good answer",
    "excellent",
    "correct",
    "wrong",
    "perfect",
    "well done",
    "impressive",
    "right answer",
)


class Interview:
    """Plays typed turns against plan, rules and words, as the session does."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.index, self.progress, self.answer = plan, 0, Progress(), ""
        self.history: list[tuple[str, str]] = []
        self._speak(opening_move(plan))

    def say(self, text: str) -> str:
        question = self.plan.question_at(self.index)
        self.history.append(("candidate", text))
        if question is not None and detect_intent(text) == "answer":
            self.answer = f"{self.answer} {text}"
            self.progress = with_coverage(self.progress, cover(question, self.answer))
        return self._speak(next_move(self.plan, self.index, self.progress, TurnFacts(text)), text)

    def _speak(self, move: Move, text: str = "") -> str:
        brief = build_brief(
            self.plan,
            move,
            current_index=self.index,
            last_covered=self.progress.last_covered,
            history=tuple(self.history),
            candidate_text=text,
        )
        self.move = move
        reply = compose_text(brief)
        self.history.append(("interviewer", reply))
        self.progress = after(self.progress, move)
        if move.question_index is not None and move.question_index != self.index:
            self.index, self.answer = move.question_index, ""
        return reply

    @property
    def replies(self) -> list[str]:
        return [text for side, text in self.history if side == "interviewer"]


def spoken_through(plan: Plan, turns: list[str]) -> Interview:
    interview = Interview(plan)
    for turn in turns:
        interview.say(turn)
    return interview


@pytest.fixture
def interview(recorded_answers) -> Interview:
    names = ["background", "generator", "migration", "queue", "conflict", "mistake", "index"]
    turns = [recorded_answers[name] for name in names]
    turns += ["I would look at the query plan.", recorded_answers["dont_know"], recorded_answers["design"]]
    turns += [
        "I would put a unique constraint on the slot.",
        "How much is the salary?",
        "Is there a canteen?",
    ]
    return spoken_through(PLAN, [*turns, recorded_answers["closing"]])


def test_a_whole_interview_goes_from_greeting_to_closing(interview):
    assert interview.replies[0].startswith(
        "Hello, and welcome. I am Viva, an AI interviewer for Brightwater."
    )
    assert PLAN.questions[0].text in interview.replies[0]
    assert interview.move.kind == "closing"
    for question in PLAN.questions:
        assert sum(question.text in reply for reply in interview.replies) == 1


def test_no_sentence_is_said_twice(interview):
    sentences = [sentence for reply in interview.replies for sentence in split_sentences(reply)]
    assert len(sentences) == len(set(sentences))


def test_no_answer_is_judged(interview):
    said = " ".join(interview.replies).lower()
    assert not [word for word in JUDGING if word in said]


def test_the_same_interview_has_the_same_words(recorded_answers):
    turns = [recorded_answers["background"], recorded_answers["repeat"], recorded_answers["generator"]]
    assert spoken_through(PLAN, turns).replies == spoken_through(PLAN, turns).replies


def test_job_facts_answer_a_question_and_the_rest_goes_to_a_person(interview):
    salary, canteen = interview.replies[-3:-1]
    assert "62,000 to 74,000 euros" in salary
    assert any(text in canteen for text in wording.PASSED_ON)


@pytest.mark.parametrize(
    ("said", "replies"),
    [
        ("I think I would like this work because I care about people.", wording.NOTED),
        ("What a nice place. Do you have a canteen", wording.PASSED_ON),
        ("Is there a place for my bicycle", wording.PASSED_ON),
    ],
)
def test_a_remark_at_the_end_is_not_taken_for_a_question(said, replies):
    move = Move("answer_candidate", reason="candidate_questions")
    reply = compose_text(build_brief(PLAN, move, current_index=PLAN.total, candidate_text=said))
    assert any(text in reply for text in replies)


def test_a_follow_up_asks_for_the_missing_point_and_does_not_tell_it():
    for entry in find_questions():
        for index, point in enumerate(entry.question.expected_points):
            plan = Plan(role="r", questions=(replace(entry.question, mode="adaptive"),))
            move = Move("follow_up", 0, point_index=index)
            reply = compose_text(build_brief(plan, move, current_index=0))
            assert (point.probe or point.topic) in reply
            assert point.text not in reply


def test_a_second_follow_up_links_to_what_was_said():
    move = Move("follow_up", 0, point_index=4, variant=1)
    plan = Plan(role="r", questions=(get_question("backend-mistake"),))
    reply = compose_text(build_brief(plan, move, current_index=0, last_covered=1))
    assert "who learned of it, and when" in reply
    assert "What is different today because of it?" in reply


def test_a_probe_that_was_asked_is_not_asked_in_the_same_words():
    question = get_question("backend-index")
    plan = Plan(role="r", questions=(question,))
    history = (("interviewer", f"I see. {question.expected_points[2].probe}"),)
    move = Move("follow_up", 0, point_index=2)
    reply = compose_text(build_brief(plan, move, current_index=0, history=history))
    assert question.expected_points[2].topic in reply


def test_a_repeated_follow_up_is_the_follow_up():
    question = get_question("backend-index")
    plan = Plan(role="r", questions=(question,))
    move = Move("repeat", 0, point_index=2, reason="follow_up")
    assert question.expected_points[2].probe in compose_text(build_brief(plan, move, current_index=0))


def test_help_on_a_verbatim_question_adds_nothing_to_it():
    question = replace(get_question("backend-cache"), mode="verbatim")
    plan = Plan(role="r", questions=(question,))
    reply = compose_text(build_brief(plan, Move("help", 0, reason="struggle"), current_index=0))
    assert question.help not in reply


def test_a_question_from_a_person_is_announced_as_such():
    plan = Plan(role="r", questions=(queued_question("q", "Why us?", is_verbatim=True, asked_by="Ada King"),))
    assert "Ada King" in compose_text(build_brief(plan, Move("question", 0), current_index=-1))


def test_a_protected_question_is_never_spoken():
    plan = Plan(role="r", questions=(queued_question("q", "Are you married?", is_verbatim=True),))
    for kind in ("greeting", "question", "repeat", "rephrase"):
        assert "married" not in compose_text(build_brief(plan, Move(kind, 0), current_index=-1))


def test_braces_in_peoples_words_do_no_harm():
    plan = Plan(role="r", organisation="{persona} {0}", facts=("The pay is {salary}.",))
    move = Move("answer_candidate", reason="candidate_questions")
    brief = build_brief(plan, move, candidate_text="What is the pay? {x}")
    assert "The pay is {salary}." in compose_text(brief)


@pytest.mark.parametrize("offer", ["text", "break", "reschedule", "skip"])
@pytest.mark.parametrize("kind", ["offer", "offer_accepted"])
def test_every_offer_has_words(kind, offer):
    assert compose_text(build_brief(PLAN, Move(kind, 0, offer=offer), current_index=0))


@pytest.mark.parametrize(
    "kind", ["clarify", "resume", "ask_again", "nudge", "person", "closing_invite", "closing"]
)
def test_every_other_kind_has_words(kind):
    assert compose_text(build_brief(PLAN, Move(kind, 0), current_index=0)).endswith((".", "?"))


async def test_deltas_join_to_the_text_and_can_be_given_up():
    interviewer: Interviewer = ScriptedInterviewer()
    brief = build_brief(PLAN, Move("greeting", 0))
    assert "".join([delta async for delta in interviewer.compose(brief)]) == compose_text(brief)
    stream = interviewer.compose(brief)
    await anext(stream)
    await stream.aclose()


def test_the_organisations_own_closing_is_used():
    plan = replace(PLAN, closing="See you at Brightwater.")
    assert "See you at Brightwater." in compose_text(build_brief(plan, Move("closing")))


def test_a_brief_holds_a_bounded_history():
    history = (("candidate", "x"),) * 100
    assert len(build_brief(PLAN, Move("resume", 0), history=history).history) == HISTORY_TURNS


def test_choose_goes_on_when_a_wording_was_said():
    wordings = ("One.", "Two.", "Three.")
    first = choose(wordings, "seed", frozenset())
    second = choose(wordings, "seed", as_said([first]))
    assert second != first
    assert choose(wordings, "seed", as_said(wordings)) == first


def test_facts_are_found_by_everyday_words():
    assert find_facts("Can I do that remotely?", PLAN.facts) == (PLAN.facts[2],)
    assert find_facts("And the money?", PLAN.facts) == (PLAN.facts[3],)
    assert find_facts("Do you have a cat?", PLAN.facts) == ()


def test_a_reply_about_the_job_is_repeated_whole():
    history = (("interviewer", "The pay is fair. Is there anything else?"), ("candidate", "Sorry, again?"))
    reply = compose_text(
        build_brief(PLAN, Move("repeat", reason="last_reply"), current_index=9, history=history)
    )
    assert reply.endswith("The pay is fair. Is there anything else?")
