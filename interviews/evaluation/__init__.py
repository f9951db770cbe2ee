"""Judges answers: what was said of what was expected, with literal quotes; never who said it."""

from interviews.evaluation.facts import AnswerFacts, SaidUtterance
from interviews.evaluation.levels import performance_of
from interviews.evaluation.lexical import evaluate_answer
from interviews.evaluation.recognition import is_poorly_recognised
from interviews.evaluation.results import AnswerEvaluation, SessionEvaluation
from interviews.evaluation.session import evaluate_session, summarise

__all__ = [
    "AnswerEvaluation",
    "AnswerFacts",
    "SaidUtterance",
    "SessionEvaluation",
    "evaluate_answer",
    "evaluate_session",
    "is_poorly_recognised",
    "performance_of",
    "summarise",
]
