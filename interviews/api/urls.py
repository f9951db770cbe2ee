"""The map of the REST interface, included below /api/ and /api/v1/."""

from django.urls import re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

from interviews.api.addresses import with_and_without
from interviews.api.views.auth import Refresh, SignIn
from interviews.api.views.evaluations import Evaluate, Evaluations
from interviews.api.views.hearing import VoiceToText
from interviews.api.views.links import Link
from interviews.api.views.me import OwnRequests, OwnSession
from interviews.api.views.mind import TestMind
from interviews.api.views.outcome import Results, Score
from interviews.api.views.plans import GenerateQuestions, OnePlan, Plans, PlanVersions, PreviewPlan
from interviews.api.views.questions import Answer, QuestionBank, Questions, SessionQuestions
from interviews.api.views.record import Events, Notes, Recording, Transcript, Turns
from interviews.api.views.report_batches import JobReports
from interviews.api.views.reports import OneReport, ReportJson, ReportPdf, Reports
from interviews.api.views.root import Health, Info, Nothing, Ready, Root
from interviews.api.views.sessions import EndSession, OneSession, Sessions, StartSession

ONE = "sessions/<str:reference>/"

urlpatterns = [
    *with_and_without(
        {
            "": (Root.as_view(), "api-root"),
            "health/": (Health.as_view(), "api-health"),
            "health/ready/": (Ready.as_view(), "api-ready"),
            "info/": (Info.as_view(), "api-info"),
            "test/ai/": (TestMind.as_view(), "api-test-ai"),
            "auth/login/": (SignIn.as_view(), "api-login"),
            "auth/token/refresh/": (Refresh.as_view(), "api-refresh"),
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
            "me/session/": (OwnSession.as_view(), "api-own-session"),
            "me/session/requests/": (OwnRequests.as_view(), "api-own-requests"),
            "questions/": (Questions.as_view(), "api-questions"),
            "question-bank/": (QuestionBank.as_view(), "api-question-bank"),
            "plans/": (Plans.as_view(), "api-plans"),
            "plans/preview/": (PreviewPlan.as_view(), "api-plan-preview"),
            "plans/<int:number>/": (OnePlan.as_view(), "api-plan"),
            "plans/<int:number>/versions/": (PlanVersions.as_view(), "api-plan-versions"),
            "conversations/voice_to_text/": (VoiceToText.as_view(), "api-voice-to-text"),
            "jobs/<int:job_id>/reports/": (JobReports.as_view(), "api-job-reports"),
            "reports/": (Reports.as_view(), "api-reports"),
            "reports/<str:reference>/": (OneReport.as_view(), "api-report"),
            "reports/<str:reference>/pdf/": (ReportPdf.as_view(), "api-report-pdf"),
            "reports/<str:reference>/json/": (ReportJson.as_view(), "api-report-json"),
            "schema/": (SpectacularAPIView.as_view(), "schema"),
            "docs/": (SpectacularSwaggerSplitView.as_view(url_name="schema"), "api-docs"),
            "redoc/": (
                SpectacularRedocView.as_view(url_name="schema", template_name="interviews/redoc.html"),
                "api-redoc",
            ),
        }
    ),
    re_path(r"^.*$", Nothing.as_view()),
]
