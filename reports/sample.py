"""Sample reports for tests and benchmarks: short, a long half hour, empty, all scripts, hostile text."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from reports import sample_words as words
from reports.content import (
    AnchorReached,
    Answer,
    CandidatePolicy,
    Competency,
    CompetencyFit,
    Completeness,
    Contact,
    CriterionScore,
    Finding,
    FollowUp,
    HiringDecision,
    HumanRating,
    JobFit,
    Judgement,
    Note,
    OverallScore,
    PlainFacts,
    Question,
    Quote,
    ReportContent,
    ResumeClaim,
    SkillGap,
    SpokenSpan,
    Timeline,
    TimelineMark,
    TranscriptTurn,
    Words,
)
from reports.origins import Engine, JudgedWith, ModelUse, Provenance, Recording

UUID = "3f0c9a52-6f0e-4c55-9c1b-2f6f1d0f7b11"
_QUESTION_MS = 95_000
_LATER = "We compared the counts and the sums for each customer, and a sample of whole rows."
_JUDGEMENTS = (Judgement(58, 2), Judgement(72, 4), Judgement(74, 4))
_JUDGED_WITH = JudgedWith(
    evaluator="language_model",
    version="1",
    model="large-7b",
    host="models.acme.example",
    prompt_version="4",
    rubric_digest="5e0c7b2f6a4d3380917e6c5b4a3f21b4a7d1c09e2f4c61a0d8c8f1e37b95aa5d",
    inputs_digest="91c4a3f21b4a7d1c09e2f4c61a0d8c8f1e37b95aa5d1e0c7b2f6a4d3380917e6",
)


def short() -> ReportContent:
    """Six questions with everything a report can hold."""
    return _interview(6)


def long() -> ReportContent:
    """Forty questions with long answers, as a talkative half hour and more gives."""
    return _interview(40, repeat=2)


def none() -> ReportContent:
    """A conversation that ended before anything was said."""
    return ReportContent(
        edition="panel",
        organisation="Acme",
        candidate_name="Sam Okoro",
        role="Backend engineer",
        session_uuid=UUID,
        completeness=Completeness(status="abandoned", questions_planned=6),
    )


def all_scripts() -> ReportContent:
    """Names and answers in nine scripts."""
    content = _interview(len(words.SPOKEN_IN_SCRIPTS))
    spoken = [turn for turn in content.transcript if turn.side == "candidate"]
    texts = dict(zip((turn.text for turn in spoken), words.SPOKEN_IN_SCRIPTS * 2, strict=False))
    names = [name for name, _ in words.NAMES]
    turns = tuple(
        msgspec.structs.replace(turn, text=texts.get(turn.text, turn.text), name=names[index % len(names)])
        for index, turn in enumerate(content.transcript)
    )
    notes = tuple(Note(by=name, text=f"{name} · {script}", at_ms=60_000) for name, script in words.NAMES)
    return msgspec.structs.replace(
        content,
        candidate_name="محمد الأمين · 김민준 · Zoë",
        role="مهندس برمجيات / Backend engineer",
        transcript=turns,
        notes=notes,
        questions=_with_answers(content, words.SPOKEN_IN_SCRIPTS),
    )


def hostile() -> ReportContent:
    """Markup, control characters and very long words wherever people write."""
    content = _interview(len(words.HOSTILE))
    first = words.HOSTILE[0]
    turns = tuple(
        msgspec.structs.replace(turn, text=words.HOSTILE[index % len(words.HOSTILE)], name=first)
        for index, turn in enumerate(content.transcript)
    )
    return msgspec.structs.replace(
        content,
        candidate_name=words.HOSTILE[1],
        role=first,
        organisation=words.HOSTILE[2],
        transcript=turns,
        notes=tuple(Note(by=text, text=text, at_ms=0) for text in words.HOSTILE),
        decision=HiringDecision("hold", by=words.HOSTILE[3], reason=words.HOSTILE[4]),
        questions=_with_answers(content, words.HOSTILE),
    )


ALL: dict[str, Callable[[], ReportContent]] = {
    "short": short,
    "long": long,
    "none": none,
    "all_scripts": all_scripts,
    "hostile": hostile,
}


def as_candidate(content: ReportContent, *, shows_scores: bool = False) -> ReportContent:
    """This will ask for the candidate edition of a sample."""
    policy = CandidatePolicy(shows_scores=shows_scores)
    return msgspec.structs.replace(content, edition="candidate", candidate_policy=policy)


def _interview(count: int, repeat: int = 1) -> ReportContent:
    questions = tuple(_question(index, repeat) for index in range(count))
    transcript = tuple(turn for question in questions for turn in _turns(question))
    duration_ms = count * _QUESTION_MS
    return ReportContent(
        edition="panel",
        organisation="Acme Logistics",
        candidate_name="Zoë Łukasz",
        role="Backend engineer",
        level="senior",
        session_uuid=UUID,
        held_at=datetime(2026, 11, 20, 10, 30, tzinfo=UTC),
        interviewer_name="Viva",
        completeness=Completeness("complete", count, count, count, duration_ms),
        overall=OverallScore(
            value=74,
            level="Good",
            answers_scored=count - 1,
            answers_total=count,
            evidence_count=2 * (count - 1),
            basis="Scored by coverage of expected points and by structure; accuracy and depth are not judged "
            "without a language model.",
        ),
        job_fit_score=68.8,
        job_fit=JobFit(
            score=68.8,
            assessed_weight=8,
            total_weight=10,
            competencies=(
                CompetencyFit("Reliability", 5, 4.0, 3),
                CompetencyFit("Databases", 3, 3.3, 2),
                CompetencyFit("Mentoring", 2, None, 0),
            ),
        ),
        strengths=_strengths(),
        things_to_probe=_probes(),
        competencies=_competencies(),
        questions=questions,
        human_ratings=_ratings(),
        timeline=_timeline(questions, duration_ms),
        resume_claims=(
            ResumeClaim("Led a team of eight at Nordwind", was_probed=False),
            ResumeClaim("Moved the orders to Postgres without downtime", was_probed=True, question_number=1),
        ),
        skill_gaps=(
            SkillGap(
                "Ways back",
                suggestion="Prepare one change that you undid: how it was noticed, and what it took.",
                severity="medium",
                missing=(words.POINTS[1], words.POINTS[3]),
                evidence=(Quote("We moved the data in small batches", 8_000),),
            ),
            SkillGap("Alerting", "Queues were named, but not who notices when they grow.", severity="low"),
        ),
        notes=(
            Note("Dana Cohen", "Calm and exact. Ask more about the comparison job.", 74_000),
            Note("Omar Haddad", "Whispered: probe for the way back.", 130_000),
        ),
        facts=PlainFacts(
            page_hidden_times=2,
            page_hidden_ms=41_000,
            reconnects=1,
            typed_answers=1,
            pauses=1,
            follow_ups={"follow_up": 3, "rephrase": 1},
        ),
        provenance=_provenance(),
        contact=Contact("Acme Logistics", "Dana Cohen", "people@acme.example", "+49 30 5550 1234"),
        transcript=transcript,
        candidate_feedback=words.FEEDBACK,
    )


def _question(index: int, repeat: int) -> Question:
    text, kind, competency = words.QUESTIONS[index % len(words.QUESTIONS)]
    start = index * _QUESTION_MS
    follow_ups = (
        (FollowUp(words.FOLLOW_UPS[index % 2], "follow_up", start + 50_000),) if index % 3 == 0 else ()
    )
    return Question(
        number=index + 1,
        text=text,
        kind=kind,
        competency=competency,
        mode="verbatim" if index % 2 else "adaptive",
        asked_at_ms=start + 2_000,
        took_ms=_QUESTION_MS,
        is_personal=index % 6 == 3,
        put_in_by="Dana Cohen" if index % 6 == 5 else "",
        follow_ups=follow_ups,
        answer=_answer(index, repeat),
    )


def _answer(index: int, repeat: int) -> Answer:
    spoken = words.ANSWERS[index % len(words.ANSWERS)]
    text = " ".join([spoken, *(words.ANSWERS[(index + step) % 6] for step in range(1, repeat))])
    start = index * _QUESTION_MS + 8_000
    sentences = spoken.split(". ")
    is_scorable = index % 6 != 5
    later = Words(_LATER, start + 57_000)
    return Answer(
        text=f"{text}\n{_LATER}" if index % 3 == 0 else text,
        turns=(Words(text, start), later) if index % 3 == 0 else (),
        corrected_text=text.replace("Honestly our", "Our") if index % 6 == 5 else "",
        channel="text" if index % 6 == 4 else "voice",
        at_ms=start,
        duration_ms=62_000,
        quotes=(Quote(sentences[0], start), Quote(sentences[-1], start + 40_000)) if is_scorable else (),
        score=58 + 7 * (index % 6) if is_scorable else None,
        criteria=_criteria(index) if is_scorable else (),
        anchor=AnchorReached(3, words.ANCHORS["3"], words.ANCHORS["4"]) if is_scorable else None,
        covered_points=(words.POINTS[index % 5],) if is_scorable else (),
        covered=(Finding(words.POINTS[index % 5], Quote(sentences[0], start)),) if is_scorable else (),
        missed_points=(words.POINTS[(index + 1) % 5], words.POINTS[(index + 3) % 5]) if is_scorable else (),
        is_scorable=is_scorable,
        not_scorable_reason="" if is_scorable else "The line was noisy: confidence 38 %.",
        confidence=0.38 if not is_scorable else 0.91,
        recognition="" if is_scorable else "Heard: certainty 0.38, 1.9 words a second, 8 dB above the noise.",
        judgements=_JUDGEMENTS if index % 6 == 2 else (),
        attention=("The judgements of this answer lie more than one anchor apart: a person should decide.",)
        if index % 6 == 2
        else (),
        quotes_struck=1 if index % 6 == 2 else 0,
        judged_with=_JUDGED_WITH if is_scorable else None,
        feedback="Clear order of steps." if index % 2 == 0 else "",
    )


def _criteria(index: int) -> tuple[CriterionScore, ...]:
    return (
        CriterionScore("accuracy", None, 40),
        CriterionScore("coverage", 50 + 8 * (index % 6), 30, "Names what was compared, not how to go back."),
        CriterionScore("clarity", 80, 20),
        CriterionScore("depth", None, 10),
    )


def _turns(question: Question) -> list[TranscriptTurn]:
    start, answer = question.asked_at_ms or 0, question.answer
    turns = [
        TranscriptTurn(
            "interviewer", question.text, "Viva", start, start + 5_000, question_number=question.number
        )
    ]
    if answer:
        spoken = TranscriptTurn(
            "candidate",
            answer.text,
            "Zoë",
            answer.at_ms,
            start + 55_000,
            answer.corrected_text,
            answer.confidence,
            question.number,
            answer.channel,
        )
        turns.append(spoken)
    for follow_up in question.follow_ups:
        at = follow_up.at_ms or start
        turns.append(TranscriptTurn("interviewer", follow_up.text, "Viva", at + 8_000, at + 13_000))
        turns.append(TranscriptTurn("candidate", _LATER, "Zoë", at + 15_000, at + 30_000, "", 0.52))
    return turns


def _strengths() -> tuple[Finding, ...]:
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


def _probes() -> tuple[Finding, ...]:
    return (
        Finding("How a change is undone when it fails", Quote("we turned the old one off", 52_000), 1, True),
        Finding(
            "Who notices when a queue grows",
            Quote("move poison messages to a queue of their own", 140_000),
            2,
        ),
        Finding("Experience with more than one team", Quote("I led three teams in two countries", 300_000)),
    )


def _competencies() -> tuple[Competency, ...]:
    values = ((3.7, 2, 4.0), (3.0, 1, None), (4.2, 1, 3.5), (2.5, 1, None), (3.6, 1, 3.0), (None, 0, None))
    return tuple(
        Competency(name, mean, n, words.ANCHORS, people, 2 if people else 0)
        for (_, _, name), (mean, n, people) in zip(words.QUESTIONS, values, strict=True)
    )


def _ratings() -> tuple[HumanRating, ...]:
    return (
        HumanRating(
            "Dana Cohen", 4, 1, comment="Concrete and honest about the risk.", rated_on=date(2026, 11, 21)
        ),
        HumanRating("Omar Haddad", 3, 1, comment="No way back."),
        HumanRating("Dana Cohen", 3.5, competency="Databases"),
        HumanRating("Dana Cohen", 4, comment="I would talk to Zoë again."),
    )


def _timeline(questions: tuple[Question, ...], duration_ms: int) -> Timeline:
    spans: list[SpokenSpan] = []
    for question in questions:
        start = question.asked_at_ms or 0
        spans.append(SpokenSpan("interviewer", start, start + 5_000))
        spans.append(SpokenSpan("candidate", start + 6_000, start + 55_000))
        spans.append(SpokenSpan("candidate", start + 60_000, start + 80_000))
    spans.append(SpokenSpan("interviewer", 150_000, 158_000, by="Dana Cohen"))
    marks = (
        TimelineMark("pause", 240_000, 275_000, "asked for by the candidate"),
        TimelineMark("drop", 330_000, 336_000, "nothing was lost"),
        TimelineMark("intervention", 149_000, label="Dana Cohen asked a question"),
    )
    return Timeline(duration_ms, tuple(spans), marks)


def _provenance() -> Provenance:
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


def _with_answers(content: ReportContent, texts: tuple[str, ...]) -> tuple[Question, ...]:
    return tuple(
        msgspec.structs.replace(
            question,
            text=text,
            answer=msgspec.structs.replace(
                question.answer,
                text=text,
                turns=(),
                covered=(Finding(text, Quote(text)),),
                quotes=(Quote(text),),
            )
            if question.answer
            else None,
        )
        for question, text in zip(content.questions, texts, strict=False)
    )
