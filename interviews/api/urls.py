"""The addresses of sessions and what belongs to them; server/api_urls.py joins all packages' maps."""

from interviews.api.views.afterwards import Corrections, OwnCopy, Redo, RedoHearing
from interviews.api.views.ai_interview import AiInterview
from interviews.api.views.conversations import ConversationAudio, Conversations, OneConversation
from interviews.api.views.dashboard import Dashboard, DashboardStats
from interviews.api.views.evaluations import Evaluate, Evaluations
from interviews.api.views.exports import JobExport, SessionExport
from interviews.api.views.groups import OwnGroups
from interviews.api.views.hearing import VoiceToText
from interviews.api.views.links import Link
from interviews.api.views.me import OwnRequests, OwnSession
from interviews.api.views.mind import TestMind
from interviews.api.views.open_links import JobOpenLink
from interviews.api.views.outcome import Results, Score
from interviews.api.views.overrides import Overrides
from interviews.api.views.own_questions import BulkQuestions, OneQuestion, Questions
from interviews.api.views.plans import GenerateQuestions, OnePlan, Plans, PlanVersions, PreviewPlan
from interviews.api.views.question_bank import QuestionBank
from interviews.api.views.questions import Answer, SessionQuestions
from interviews.api.views.ratings import Ratings
from interviews.api.views.record import Events, Notes, Recording, Transcript, Turns
from interviews.api.views.report_batches import JobReports
from interviews.api.views.report_shares import OneReportShare, ReportShares
from interviews.api.views.reports import GenerateReport, OneReport, ReportJson, ReportPdf, Reports
from interviews.api.views.requests import OneRequest, RequestAnswer, Requests
from interviews.api.views.root import Health, Info, Ready, Root
from interviews.api.views.sessions import EndSession, OneSession, Sessions, StartSession
from interviews.api.views.simulator import (
    CompleteInterview,
    CreateInterview,
    InterviewAnswer,
    InterviewResults,
    Interviews,
    InterviewScore,
    OneInterview,
)
from interviews.api.views.skill_gaps import AnalyzeSkillGaps, InterviewSkillGaps, SkillGaps, Skills
from interviews.api.views.statistics import OwnStatistics
from rest.addresses import Routes

ONE = "sessions/<str:reference>/"
PRACTICE = "interview/<str:reference>/"

ROUTES: Routes = {
    "": (Root.as_view(), "api-root"),
    "health/": (Health.as_view(), "api-health"),
    "health/ready/": (Ready.as_view(), "api-ready"),
    "info/": (Info.as_view(), "api-info"),
    "test/ai/": (TestMind.as_view(), "api-test-ai"),
    "sessions/": (Sessions.as_view(), "api-sessions"),
    ONE: (OneSession.as_view(), "api-session"),
    f"{ONE}start/": (StartSession.as_view(), "api-start"),
    f"{ONE}end/": (EndSession.as_view(), "api-end"),
    f"{ONE}questions/": (SessionQuestions.as_view(), "api-session-questions"),
    f"{ONE}questions/<int:question_id>/answer/": (Answer.as_view(), "api-answer"),
    f"{ONE}generate-questions/": (GenerateQuestions.as_view(), "api-generate-questions"),
    f"{ONE}turns/": (Turns.as_view(), "api-turns"),
    f"{ONE}results/": (Results.as_view(), "api-results"),
    f"{ONE}score/": (Score.as_view(), "api-score"),
    f"{ONE}evaluate/": (Evaluate.as_view(), "api-evaluate"),
    f"{ONE}evaluations/": (Evaluations.as_view(), "api-evaluations"),
    f"{ONE}events/": (Events.as_view(), "api-events"),
    f"{ONE}transcript/": (Transcript.as_view(), "api-transcript"),
    f"{ONE}recording/": (Recording.as_view(), "api-recording"),
    f"{ONE}token/": (Link.as_view(), "api-token"),
    f"{ONE}notes/": (Notes.as_view(), "api-notes"),
    f"{ONE}ratings/": (Ratings.as_view(), "api-ratings"),
    f"{ONE}overrides/": (Overrides.as_view(), "api-overrides"),
    f"{ONE}export/": (SessionExport.as_view(), "api-session-export"),
    "me/session/": (OwnSession.as_view(), "api-own-session"),
    "me/session/groups/": (OwnGroups.as_view(), "api-own-groups"),
    "me/session/requests/": (OwnRequests.as_view(), "api-own-requests"),
    "me/session/corrections/": (Corrections.as_view(), "api-own-corrections"),
    "me/session/redo/": (Redo.as_view(), "api-own-redo"),
    "me/session/redo/hearing/": (RedoHearing.as_view(), "api-own-redo-hearing"),
    "me/session/export/": (OwnCopy.as_view(), "api-own-copy"),
    "requests/": (Requests.as_view(), "api-requests"),
    "requests/<int:request_id>/": (OneRequest.as_view(), "api-request"),
    "requests/<int:request_id>/answer/": (RequestAnswer.as_view(), "api-request-answer"),
    "interview/": (Interviews.as_view(), "api-practices"),
    "interview/create/": (CreateInterview.as_view(), "api-practice-create"),
    PRACTICE: (OneInterview.as_view(), "api-practice"),
    f"{PRACTICE}complete/": (CompleteInterview.as_view(), "api-practice-complete"),
    f"{PRACTICE}answer/<int:question_id>/": (InterviewAnswer.as_view(), "api-practice-answer"),
    f"{PRACTICE}results/": (InterviewResults.as_view(), "api-practice-results"),
    f"{PRACTICE}score/": (InterviewScore.as_view(), "api-practice-score"),
    "questions/": (Questions.as_view(), "api-questions"),
    "questions/bulk_create/": (BulkQuestions.as_view(), "api-questions-bulk"),
    "questions/<int:question_id>/": (OneQuestion.as_view(), "api-question"),
    "question-bank/": (QuestionBank.as_view(), "api-question-bank"),
    "plans/": (Plans.as_view(), "api-plans"),
    "plans/preview/": (PreviewPlan.as_view(), "api-plan-preview"),
    "plans/<int:number>/": (OnePlan.as_view(), "api-plan"),
    "plans/<int:number>/versions/": (PlanVersions.as_view(), "api-plan-versions"),
    "ai-interview/": (AiInterview.as_view(), "api-ai-interview"),
    "conversations/": (Conversations.as_view(), "api-conversations"),
    "conversations/<int:number>/": (OneConversation.as_view(), "api-conversation"),
    "conversations/<int:number>/audio/": (ConversationAudio.as_view(), "api-conversation-audio"),
    "conversations/voice_to_text/": (VoiceToText.as_view(), "api-voice-to-text"),
    "jobs/<int:job_id>/open-link/": (JobOpenLink.as_view(), "api-job-open-link"),
    "jobs/<int:job_id>/reports/": (JobReports.as_view(), "api-job-reports"),
    "jobs/<int:job_id>/export/": (JobExport.as_view(), "api-job-export"),
    "reports/": (Reports.as_view(), "api-reports"),
    "reports/generate/": (GenerateReport.as_view(), "api-generate-report"),
    "reports/<str:reference>/": (OneReport.as_view(), "api-report"),
    "reports/<str:reference>/pdf/": (ReportPdf.as_view(), "api-report-pdf"),
    "reports/<str:reference>/json/": (ReportJson.as_view(), "api-report-json"),
    "reports/<str:reference>/shares/": (ReportShares.as_view(), "api-report-shares"),
    "reports/<str:reference>/shares/<int:share_id>/": (OneReportShare.as_view(), "api-report-share"),
    "skill-gaps/": (SkillGaps.as_view(), "api-skill-gaps"),
    "skill-gaps/summary/": (Skills.as_view(), "api-skills"),
    "skill-gaps/analyze/<str:reference>/": (AnalyzeSkillGaps.as_view(), "api-skill-gaps-analyze"),
    "skill-gaps/interview/<str:reference>/": (InterviewSkillGaps.as_view(), "api-skill-gaps-interview"),
    "dashboard/": (Dashboard.as_view(), "api-dashboard"),
    "interviews/dashboard-stats/": (DashboardStats.as_view(), "api-dashboard-stats"),
    "user/stats/": (OwnStatistics.as_view(), "api-user-stats"),
}
