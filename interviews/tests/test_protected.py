import pytest

from interviews.protected import find_protected_topic


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
