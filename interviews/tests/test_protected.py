import pytest

from interviews.protected import find_protected_topic, to_their_face


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("How old are you?", "age"),
        ("Are you married?", "family"),
        ("Do you have children?", "family"),
        ("Do you plan to have kids?", "family"),
        ("How is your health?", "health"),
        ("Where are you originally from?", "origin"),
        ("What is your religion?", "belief"),
        ("Are you gay?", "orientation"),
        ("Have you ever been arrested?", "record"),
    ],
)
def test_questions_nobody_may_ask_are_found(text, topic):
    assert find_protected_topic(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "How do you talk with a patient's family?",
        "A fifth of the ages is missing. What do you do?",
        "Tell me about a health app that you like.",
        "Where are you in the process when the build fails?",
    ],
)
def test_questions_about_the_work_are_fine(text):
    assert find_protected_topic(text) is None


@pytest.mark.parametrize(
    ("advice", "topic"),
    [
        ("Find out how old she is.", "age"),
        ("Ask whether the candidate is pregnant.", "family"),
        ("Ask about his nationality.", "origin"),
        ("Let her speak about their children.", "family"),
        ("Ask him how he tested it, and what they would do next.", None),
    ],
)
def test_advice_about_somebody_is_read_as_a_question_to_them(advice, topic):
    assert find_protected_topic(to_their_face(advice)) == topic
