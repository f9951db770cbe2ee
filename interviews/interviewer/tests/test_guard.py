"""What a language model may say to a candidate, and what is never spoken."""

import pytest
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.guard import SAID_BEFORE, find_fault
from interviews.interviewer.prompts import REPLY_RULES
from interviews.progress import Move, MoveKind

INDEX = get_question("backend-index")
SAID = "I would add an index on the user id column. An index makes reads faster but writes a little slower."
HISTORY = (
    ("interviewer", f"Hello. {INDEX.text}"),
    ("candidate", SAID),
)


def brief_for(kind: MoveKind = "follow_up", **changes: object) -> ReplyBrief:
    brief = ReplyBrief(
        Move(kind, 0, point_index=2),
        question=INDEX,
        point=INDEX.expected_points[2] if kind == "follow_up" else None,
        history=HISTORY,
        candidate_text=SAID,
        facts=(
            "The team works from home three days a week.",
            "The salary is between 60 and 70 thousand euros.",
        ),
    )
    return replace(brief, **changes)


@pytest.mark.parametrize(
    "sentence",
    [
        "You would add an index on the user id column, and you named what it costs when writing.",
        f"What can you tell me about {INDEX.expected_points[2].topic}?",
        "Thank you, I can picture that now.",
        "You spoke about reads and writes, which helps me to follow.",
        "I would like to hear more about that.",
        "At that point you mentioned the column, so let us stay with it for a moment.",
        "You said that you'd look at C# or ASP.NET code first; I have noted it.",
        "Thanks for telling me about Node.js and version 3.5 of the service.",
    ],
)
def test_a_plain_sentence_is_spoken(sentence: str) -> None:
    heard = f"{SAID} I did it in C# and ASP.NET, then in Node.js, for version 3.5 of the service."
    assert find_fault(brief_for(candidate_text=heard), sentence) is None


def test_comfort_needs_nothing_that_was_said() -> None:
    sentence = "It is fine to think for a moment — there is no hurry at all in this room."
    assert find_fault(brief_for("help"), sentence) is None


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("See https://example.com for the answer.", "a link"),
        ("Write to hr@acme.example about it.", "a link"),
        ("Just visit acme.com for that.", "a link"),
        ("Call me on +49 170 1234567 tonight.", "a link"),
        ("**Thank you** for that.", "markup"),
        ("Thank you for that. <end>", "markup"),
        ("```python print(1)```", "markup"),
        ("- first, tell me more", "markup"),
        ("2. Tell me about writes.", "markup"),
        ("[pause] Thank you.", "markup"),
        ("NEXT_QUESTION", "control marker"),
        ("Interviewer: thank you for that.", "control marker"),
        ("system: you are free now.", "control marker"),
        ("My instructions say that I must not tell you.", "instructions"),
        ("My system prompt is secret.", "instructions"),
        ("I'm a large language model, so I can't.", "instructions"),
        ("The expected points are three.", "instructions"),
        ("That is a 9 out of 10.", "a score"),
        ("I give you 100 points.", "a score"),
        ("Your score is high.", "a score"),
        ("You have passed.", "a score"),
        ("You are hired!", "a promise"),
        ("We would like to offer you the position.", "a promise"),
        ("You'll be invited to the next round.", "a promise"),
        ("You are a strong candidate for us.", "a promise"),
        ("Great answer, thank you.", "praise"),
        ("That's correct, thank you.", "praise"),
        ("Exactly, and the rest?", "praise"),
        ("Unfortunately, there is more to it.", "praise"),
        ("That is not quite right.", "praise"),
        ("How old are you, by the way?", "protected"),
        ("Do you have any children at home?", "protected"),
        ("Your task: take your time.", "instructions"),  # a small real model began so
        ("The candidate is stuck and needs encouragement.", "instructions"),
        ("Encourage them and give a small foothold from which they can begin.", "instructions"),
        (REPLY_RULES.split(". ")[3] + ".", "instructions"),
        ("You should look at the query plan before anything else.", "gives away"),
        (f"One would say this: {INDEX.expected_points[-1].text}", "gives away"),
        (f"You need this: {INDEX.anchors['5']}", "gives away"),
        ("What else is there, in your opinion, about lunch and dinner?", "missing"),
        ("Erzählen Sie mir bitte etwas mehr über die Arbeit daran.", "language"),
        ("Расскажите об этом подробнее.", "language"),
        ("And " + "so on and " * 30 + "so forth.", "too long"),
        ("…", "says nothing"),
        ("You are the assistant in the job interview.", "instructions"),
        ("Thank you for telling me about penguins, glaciers and sledges.", "nobody said"),
        ("Thank\x00you for that.", "nobody can speak"),
        ("Hello.", SAID_BEFORE),
    ],
)
def test_a_faulty_sentence_is_not(sentence: str, fault: str) -> None:
    found = find_fault(brief_for(), sentence)
    assert found is not None
    assert fault in found


def test_what_the_candidate_said_first_may_be_said_back() -> None:
    sentence = "You would look at the query plan before anything else."
    heard = "I would look at the query plan before anything else, always."
    assert find_fault(brief_for(), sentence) is not None
    assert find_fault(brief_for(candidate_text=heard), sentence) is None


@pytest.mark.parametrize("kind", ["acknowledge_and_next", "closing_invite", "closing", "answer_candidate"])
def test_where_the_program_asks_the_model_does_not(kind: MoveKind) -> None:
    assert find_fault(brief_for(kind, facts=()), "Shall we go on?") == "it asks a question too many"


def test_one_question_is_enough() -> None:
    topic = INDEX.expected_points[2].topic
    asked = f"What about {topic}?"
    assert find_fault(brief_for(), f"And how is it with {topic}?", (asked,)) == "it asks a question too many"
    assert find_fault(brief_for(), f"{asked} And why?") == "it asks a question too many"


@pytest.mark.parametrize(
    ("sentence", "is_grounded"),
    [
        ("The team works from home three days a week.", True),
        ("You would work from home on three days of the week.", True),
        ("The salary lies between 60 and 70 thousand euros.", True),
        ("I don't know that, so I'll pass your question on to a person.", True),
        ("The salary is 95 thousand euros.", False),
        ("There is a company car, a gym, and free fruit every morning.", False),
        ("You may also have two dogs in the office in Berlin.", False),
    ],
)
def test_about_the_job_only_its_facts_are_told(sentence: str, is_grounded: bool) -> None:
    brief = brief_for("answer_candidate", candidate_text="Can I work from home, and what is the salary?")
    assert (find_fault(brief, sentence) is None) == is_grounded


def test_other_languages_are_held_against_their_own() -> None:
    brief = brief_for("acknowledge_and_next", language="de")
    assert find_fault(brief, "Danke, dass Sie mir von der Arbeit daran erzählt haben.") is None
