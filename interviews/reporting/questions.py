"""Each question as it was put, what was said to it and how it was judged; and the transcript."""

from typing import Literal

from msgspec import structs
from msgspec.structs import replace

from interviews.candidate_words import feedback_for_candidate
from interviews.evaluation import AnswerEvaluation, AnswerFacts
from interviews.evaluation.lexical import EVALUATOR as LEXICAL
from interviews.evaluation.quotes import Quote as Spoken
from interviews.evaluation.recognition import RecognitionFacts
from interviews.live.state import ASKING
from interviews.models import Turn
from interviews.plan import PlannedQuestion
from interviews.reporting.claims import without_example
from interviews.reporting.material import GOODBYE, Material
from reports.content import (
    AnchorReached,
    Answer,
    CriterionScore,
    Finding,
    FollowUp,
    Judgement,
    Question,
    Quote,
    TranscriptTurn,
    Words,
)
from reports.origins import JudgedWith

Channel = Literal["voice", "text", "sms"]
CHANNELS: dict[str, Channel] = {"voice": "voice", "typed": "text", "sms": "sms"}


def questions(material: Material) -> tuple[Question, ...]:
    return tuple(_question(material, number, facts) for number, facts in enumerate(material.story.answers, 1))


def _question(material: Material, number: int, facts: AnswerFacts) -> Question:
    planned = facts.question
    judged = material.evaluation.answers[number - 1] if material.evaluation else None
    turns = [
        turn
        for turn in material.turns
        if turn.speaker == Turn.Speaker.CANDIDATE and turn.number in material.story.turns_of[number]
    ]
    second = _second_answer(material, number)
    return Question(
        number=number,
        text=planned.text,
        kind=planned.kind,
        competency=planned.competency,
        mode=planned.mode,
        difficulty=planned.difficulty,
        asked_at_ms=material.story.asked.get(number),
        took_ms=_took_ms(material, number),
        is_personal=is_personal(planned),
        put_in_by=planned.asked_by,
        asked_because=planned.reason,
        follow_ups=_follow_ups(material, number),
        answer=_answer(material, facts, judged, (turns, second)) if turns or second else None,
        outcome_note="" if turns or second else _why_no_answer(facts),
    )


def _second_answer(material: Material, number: int) -> Turn | None:
    redone = material.story.redone.get(number)
    own = (turn for turn in material.turns if turn.speaker == Turn.Speaker.CANDIDATE)
    return next((turn for turn in own if turn.number == redone), None)


def is_personal(question: PlannedQuestion) -> bool:
    """Whether it is asked of this candidate alone, because of something in their application."""
    return not question.is_core and not question.asked_by


def _took_ms(material: Material, number: int) -> int | None:
    """From a question to the next, or to the goodbye, on the interview's clock."""
    story = material.story
    began = story.asked.get(number)
    if began is None:
        return None
    ends = (*story.asked.values(), material.goodbye_ms, material.duration_ms)
    return min((at_ms for at_ms in ends if at_ms > began), default=began) - began


def _why_no_answer(facts: AnswerFacts) -> str:
    if not facts.is_asked:
        return "Not reached."
    if facts.is_skipped:
        return "Skipped."
    return (
        "There was speech, but no words could be recognised." if facts.utterances else "No answer was given."
    )


def _follow_ups(material: Material, number: int) -> tuple[FollowUp, ...]:
    return tuple(
        FollowUp(
            text=turn.text,
            kind=turn.kind,
            at_ms=material.begins_ms(turn),
            by="" if turn.by in {"", "ai"} else turn.by,
        )
        for turn in material.turns
        if turn.speaker == Turn.Speaker.INTERVIEWER
        and turn.question_number == number
        and turn.kind not in ASKING | GOODBYE
    )


def _answer(
    material: Material,
    facts: AnswerFacts,
    judged: AnswerEvaluation | None,
    said: tuple[list[Turn], Turn | None],
) -> Answer:
    """`said`: the turns of the interview, and the answer that was given once more."""
    turns, second = said
    first = turns[0] if turns else second
    is_corrected = any(turn.correction for turn in turns)
    spoken = [one for one in facts.utterances if one.channel == "voice"]
    spoken_ms = sum(one.end_ms - one.start_ms for one in spoken)
    typed_ms = None if facts.time_taken_s is None else facts.time_taken_s * 1000
    answer = Answer(
        text="\n".join(turn.text for turn in turns),
        turns=tuple(
            Words(turn.text, material.begins_ms(turn), is_typed=turn.channel != Turn.Channel.VOICE)
            for turn in turns
        ),
        corrected_text="\n".join(turn.correction or turn.text for turn in turns) if is_corrected else "",
        redone_text=(second.correction or second.text) if second else "",
        channel=CHANNELS[first.channel] if first else "voice",
        at_ms=material.begins_ms(first) if first else None,
        duration_ms=spoken_ms or typed_ms,
        confidence=judged.recognition.confidence if judged and judged.recognition else None,
        recognition=_in_figures(judged.recognition) if judged and judged.recognition else "",
    )
    return answer if judged is None else _with_judgement(answer, judged)


def _in_figures(facts: RecognitionFacts) -> str:
    if facts.is_typed:
        return ""
    parts = [
        f"certainty {facts.confidence:.2f}" if facts.confidence is not None else "",
        f"{facts.doubtful_share:.0%} of the speech doubtful" if facts.doubtful_share else "",
        f"{facts.wordless_share:.0%} without words" if facts.wordless_share else "",
        f"{facts.words_per_s:g} words a second" if facts.words_per_s is not None else "",
        f"{facts.snr_db:g} dB above the noise" if facts.snr_db is not None else "",
    ]
    figures = ", ".join(part for part in parts if part)
    return f"Heard: {figures}." if figures else ""


def _with_judgement(answer: Answer, judged: AnswerEvaluation) -> Answer:
    reached = (
        None
        if judged.anchor is None
        else AnchorReached(
            judged.anchor,
            judged.anchor_text,
            judged.next_anchor_text,
            is_estimate=judged.evaluator == LEXICAL,
        )
    )
    is_scorable = judged.status != "not_scorable"
    return replace(
        answer,
        gist=judged.gist,
        quotes=tuple(Quote(quote.text, quote.start_ms) for quote in judged.quotes),
        score=judged.score,
        criteria=tuple(CriterionScore(one.name, one.score, one.weight, one.note) for one in judged.criteria),
        anchor=reached,
        covered_points=tuple(without_example(finding.text) for finding in judged.covered_points),
        covered=tuple(Finding(without_example(one.text), _quote(one.quote)) for one in judged.covered_points),
        missed_points=judged.missed_points,
        is_scorable=is_scorable,
        not_scorable_reason="" if is_scorable else judged.reason,
        unscored_reason=judged.reason if is_scorable and judged.score is None else "",
        feedback=feedback_for_candidate(judged) if is_scorable else "",
        judgements=tuple(Judgement(one.score, one.anchor) for one in judged.judgements),
        attention=judged.attention,
        quotes_struck=judged.quotes_struck,
        judged_with=_judged_with(judged),
    )


def _quote(quote: Spoken | None) -> Quote | None:
    return Quote(quote.text, quote.start_ms) if quote is not None else None


def _judged_with(judged: AnswerEvaluation) -> JudgedWith:
    return JudgedWith(evaluator=judged.evaluator, version=judged.version, **structs.asdict(judged.origin))


def transcript(material: Material) -> tuple[TranscriptTurn, ...]:
    return tuple(_turn(material, turn) for turn in material.turns)


def _turn(material: Material, turn: Turn) -> TranscriptTurn:
    is_candidate = turn.speaker == Turn.Speaker.CANDIDATE
    persona = material.story.plan.persona
    return TranscriptTurn(
        side="candidate" if is_candidate else "interviewer",
        text=turn.text,
        name=(material.session.candidate_name or "Candidate")
        if is_candidate
        else (persona if turn.by in {"", "ai"} else turn.by),
        at_ms=material.begins_ms(turn),
        to_ms=turn.end_ms,
        corrected_text=turn.correction,
        confidence=turn.confidence,
        question_number=turn.question_number or None,
        channel=CHANNELS[turn.channel] if is_candidate else "voice",
        is_second=is_candidate and turn.number in material.story.redone.values(),
    )
