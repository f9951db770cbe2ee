"""What was judged in the sample reports, by whom, and where it comes from."""

from datetime import date

from reports import sample_words as words
from reports.content import Competency, Finding, HumanRating, Judgement, Quote
from reports.origins import Engine, JudgedWith, ModelUse, Provenance, Recording

JUDGEMENTS = (Judgement(58, 2), Judgement(72, 4), Judgement(74, 4))
JUDGED_WITH = JudgedWith(
    evaluator="language_model",
    version="1",
    model="large-7b",
    host="models.acme.example",
    prompt_version="4",
    rubric_digest="5e0c7b2f6a4d3380917e6c5b4a3f21b4a7d1c09e2f4c61a0d8c8f1e37b95aa5d",
    inputs_digest="91c4a3f21b4a7d1c09e2f4c61a0d8c8f1e37b95aa5d1e0c7b2f6a4d3380917e6",
)


def strengths() -> tuple[Finding, ...]:
    return (
        Finding(
            "Keeps data safe while systems change",
            Quote("We moved the data in small batches", 8_000),
            1,
        ),
        Finding(
            "Handles repeated delivery by a stored key",
            Quote("we keep the message id next to the result", 118_000),
            2,
        ),
        Finding(
            "Looks for causes before remedies", Quote("First I look at whether the plan changed", 198_000), 3
        ),
    )


def probes() -> tuple[Finding, ...]:
    return (
        Finding("How a change is undone when it fails", Quote("we turned the old one off", 52_000), 1, True),
        Finding(
            "Who notices when a queue grows",
            Quote("move poison messages to a queue of their own", 140_000),
            2,
        ),
        Finding("Experience with more than one team", Quote("I led three teams in two countries", 300_000)),
    )


def competencies() -> tuple[Competency, ...]:
    values = ((3.7, 2, 4.0), (3.0, 1, None), (4.2, 1, 3.5), (2.5, 1, None), (3.6, 1, 3.0), (None, 0, None))
    return tuple(
        Competency(name, mean, n, words.ANCHORS, people, 2 if people else 0)
        for (_, _, name), (mean, n, people) in zip(words.QUESTIONS, values, strict=True)
    )


def ratings() -> tuple[HumanRating, ...]:
    return (
        HumanRating(
            "Dana Cohen", 4, 1, comment="Concrete and honest about the risk.", rated_on=date(2026, 11, 21)
        ),
        HumanRating("Omar Haddad", 3, 1, comment="No way back."),
        HumanRating("Dana Cohen", 3.5, competency="Databases"),
        HumanRating("Dana Cohen", 4, comment="I would talk to Zoë again."),
    )


def provenance() -> Provenance:
    return Provenance(
        engines=(
            Engine("Speech recognition", "faster-whisper base", "int8, short windows"),
            Engine("Turn taking", "Smart Turn", "v3.2"),
            Engine("Interviewer", "language model", "worded 11 of 13 replies"),
            Engine("Interviewer", "scripted", "worded 2 of 13 replies"),
            Engine("Evaluation", "language_model", "rules 1 · large-7b at models.acme.example · prompt 4"),
        ),
        plan="Version 3: 4 questions that everybody is asked, 1 of this candidate's own, 1 put in by a "
        "person during the interview.",
        model_use=ModelUse(("large-7b",), 31, 1, 48_211, 6_420, is_estimate=False, money=0.0391),
        recognition_confidence=0.87,
        limits=("Accuracy and depth are not judged without a language model.",),
        thresholds="An answer is not scored when more than 40 % of its speech gave no words.",
        consent_version="2026-10",
        consent_choices=("evaluation by AI", "recording"),
        recordings=(
            Recording("candidate", is_kept=True),
            Recording("interviewer", is_kept=False, note="the browser's voice spoke, so there is no track"),
        ),
        retained_until=date(2027, 5, 20),
        log_head_hash="b4a7d1c09e2f4c61a0d8c8f1e37b95aa5d1e0c7b2f6a4d3380917e6c5b4a3f21",
        log_entries=412,
    )
