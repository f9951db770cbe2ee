"""The addresses of hiring; server/api_urls.py joins all packages' maps."""

from hiring.api.views.candidates import Candidates, OneCandidate
from hiring.api.views.decisions import Decisions, Reschedule
from hiring.api.views.interviewers import Interviewers, OneInterviewer
from hiring.api.views.interviews import Interviews, OneInterview
from hiring.api.views.jobs import Jobs, OneJob
from hiring.api.views.resumes import Resume
from hiring.api.views.rounds import OneRound, Rounds
from rest.addresses import Routes

CANDIDATE = "<int:candidate_id>/"
INTERVIEW = "interviews/<int:interview_id>/"

ROUTES: Routes = {
    "jobs/": (Jobs.as_view(), "api-jobs"),
    "jobs/<int:job_id>/": (OneJob.as_view(), "api-job"),
    "candidates/": (Candidates.as_view(), "api-candidates"),
    f"candidates/{CANDIDATE}": (OneCandidate.as_view(), "api-candidate"),
    f"candidates/{CANDIDATE}resume/": (Resume.as_view(), "api-resume"),
    "students/": (Candidates.as_view(), "api-students"),
    f"students/{CANDIDATE}": (OneCandidate.as_view(), "api-student"),
    "interviewers/": (Interviewers.as_view(), "api-interviewers"),
    "interviewers/<int:interviewer_id>/": (OneInterviewer.as_view(), "api-interviewer"),
    "interviews/": (Interviews.as_view(), "api-interviews"),
    INTERVIEW: (OneInterview.as_view(), "api-interview"),
    f"{INTERVIEW}decision/": (Decisions.as_view(), "api-decision"),
    f"{INTERVIEW}reschedule/": (Reschedule.as_view(), "api-reschedule"),
    "interviews/rounds/": (Rounds.as_view(), "api-rounds"),
    "interviews/rounds/<int:round_id>/": (OneRound.as_view(), "api-round"),
}
