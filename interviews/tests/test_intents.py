import pytest

from interviews.intents import detect_intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", "empty"),
        ("…", "empty"),
        ("I do not know the answer to that question.", "dont_know"),
        ("Um, no idea, honestly.", "dont_know"),
        ("I don't know much about Kubernetes", "dont_know"),
        ("Could you repeat the question please?", "repeat"),
        ("Sorry, I didn't hear you.", "repeat"),
        ("What do you mean by idempotent?", "clarify"),
        ("Can you rephrase the question?", "clarify"),
        ("Can we skip this one?", "skip"),
        ("Next question please", "skip"),
        ("I want to stop the interview", "stop"),
        ("I need a quick break", "break"),
        ("Could we do this another day?", "reschedule"),
        ("I'd rather type my answer", "type"),
        ("Give me a moment", "hold"),
        ("Could I speak to a real person please?", "person"),
        ("How long will this take?", "question"),
        ("Could I work from home?", "question"),
        ("How many users does the system have?", "assumption"),
        ("Thank you for your time today. I enjoyed this conversation very much.", "thanks"),
        ("No, I have no more questions, thank you", "thanks"),
        ("Yes please", "yes"),
        ("Okay", "yes"),
        ("no thanks", "no"),
    ],
)
def test_requests_are_recognised(text, intent):
    assert detect_intent(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "I am not sure but I would guess it is a network problem.",
        "Yes, I have done that before.",
        "I didn't know the answer at first, so I asked a colleague and we fixed the cache.",
        "We have to stop the call when the customer insults us and report it to the lead.",
        "I would ask the customer: what do you mean by broken?",
        "I asked her to repeat the dose, because the handwriting was bad.",
        "I would take a short break with the patient and let him think.",
        "Skip lists are what Redis uses for sorted sets, I believe.",
        "A person in the team reviews every change before it goes out.",
        "Maybe an index, I don't know.",
        "What I would do first is talk to the users.",
    ],
)
def test_answers_that_resemble_requests_stay_answers(text):
    assert detect_intent(text) == "answer"


def test_every_recorded_answer_is_read_right(recorded_answers):
    read = {name: detect_intent(text) for name, text in recorded_answers.items()}
    others = {"dont_know": "dont_know", "repeat": "repeat", "closing": "thanks"}
    assert read == {name: others.get(name, "answer") for name in recorded_answers}
