"""Sample reports for tests and benchmarks: short, a long half hour, empty, all scripts, hostile text."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from reports import sample_judgements as judged
from reports import sample_words as words
from reports.content import (
    AnchorReached,
    Answer,
    CandidatePolicy,
    CompetencyFit,
    Completeness,
    Contact,
    CriterionScore,
    Finding,
    FollowUp,
    HiringDecision,
    JobFit,
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

UUID = "3f0c9a52-6f0e-4c55-9c1b-2f6f1d0f7b11"
_QUESTION_MS = 95_000
_LATER = "We compared the counts and the sums for each customer, and a sample of whole rows."


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
        written_summary="The answers are concrete about moving data and about repeated messages. Nothing was "
        "said about undoing a change.",
        strengths=judged.strengths(),
        things_to_probe=judged.probes(),
        competencies=judged.competencies(),
        questions=questions,
        human_ratings=judged.ratings(),
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
        provenance=judged.provenance(),
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
        judgements=judged.JUDGEMENTS if index % 6 == 2 else (),
        attention=("The judgements of this answer lie more than one anchor apart: a person should decide.",)
        if index % 6 == 2
        else (),
        quotes_struck=1 if index % 6 == 2 else 0,
        judged_with=judged.JUDGED_WITH if is_scorable else None,
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
