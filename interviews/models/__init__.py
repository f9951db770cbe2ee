"""The tables of the conversation; one module per word of the domain."""

from interviews.models.command import Command
from interviews.models.evaluation import Evaluation, Note
from interviews.models.event import Event
from interviews.models.group_answer import GroupAnswer
from interviews.models.model_use import ModelUse
from interviews.models.override import Override
from interviews.models.presence import Presence
from interviews.models.rating import Rating
from interviews.models.recording import RecordingSegment
from interviews.models.report import Report
from interviews.models.report_share import ReportShare
from interviews.models.request import Request
from interviews.models.session import Session
from interviews.models.skill_gap import SkillGap
from interviews.models.task import Task
from interviews.models.transcript import Question, Turn

__all__ = [
    "Command",
    "Evaluation",
    "Event",
    "GroupAnswer",
    "ModelUse",
    "Note",
    "Override",
    "Presence",
    "Question",
    "Rating",
    "RecordingSegment",
    "Report",
    "ReportShare",
    "Request",
    "Session",
    "SkillGap",
    "Task",
    "Turn",
]
