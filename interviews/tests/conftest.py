import pytest

# The words of the labelled recordings in the order of the demonstration interview.
RECORDED = {
    "background": (
        "I have worked as a backend engineer for six years. Most of my work is in Python and a "
        "little bit of Go. I want to work on products that people use every day."
    ),
    "generator": (
        "A list comprehension builds the whole list in memory. A generator gives you one value at a "
        "time. So a generator uses much less memory for large data."
    ),
    "migration": (
        "I led the migration of our billing service to Postgres. We moved the data in small batches "
        "so nobody lost any orders. The hardest part was keeping both systems in sync. I wrote a "
        "script that compared every row in both databases. When something did not match we stopped "
        "and fixed it. We had zero downtime during the whole migration."
    ),
    "queue": (
        "We used a queue so slow jobs did not block the web server. If a worker failed the message "
        "went back to the queue. We made every job safe to run twice."
    ),
    "conflict": (
        "I disagree with my team sometimes and I say so early. Once we argued about the design of "
        "the payment service. I listened first and then I showed them the numbers. In the end we "
        "chose the plan with less risk."
    ),
    "mistake": (
        "I made a mistake and deleted the wrong table. I told everyone at once and restored it from "
        "the backup. Now every change needs a second person to look at it."
    ),
    "index": (
        "I would add an index on the user id column. An index makes reads faster but writes a little slower."
    ),
    "design": (
        "First I would ask what the users need. Then I would draw a picture of the whole system. "
        "After that I would build the smallest thing that works."
    ),
    "dont_know": "I do not know the answer to that question.",
    "not_sure": "I am not sure but I would guess it is a network problem.",
    "repeat": "Could you repeat the question please?",
    "yes": "Yes, I have done that before.",
    "closing": "Thank you for your time today. I enjoyed this conversation very much.",
}


@pytest.fixture
def recorded_answers() -> dict[str, str]:
    return dict(RECORDED)
