"""What a session says to and allows its candidate beside its questions, as its kept plan settled it."""

from hashlib import sha256

from django.db.models import Q
from msgspec import convert

from hiring.models import Plan as KeptPlan
from interviews.models import Session
from interviews.plan import Plan, Policy
from reports.content import CandidatePolicy

PRACTICE = Policy(redo="once", feedback="scores")  # one's own: nothing of it is held back
UNDECIDED = Policy()  # nobody decided otherwise, or the kept plan is gone


def policy_of(session: Session) -> Policy:
    """This will say what holds for `session`, whatever became of its kept plan since it was made."""
    if session.purpose == Session.Purpose.PRACTICE:
        return PRACTICE
    return _policy(convert(session.plan, Plan)) if session.plan else UNDECIDED


def version_read(ours: str, notice: str) -> str:
    """Names the words that somebody agreed to: ours, and by their digest those of the plan's notice."""
    return f"{ours}+{sha256(notice.encode()).hexdigest()[:12]}" if notice else ours


def candidate_policy(plan: Plan) -> CandidatePolicy:
    """What the report's edition for the candidate may hold."""
    feedback = _policy(plan).feedback
    return CandidatePolicy(shows_scores=feedback == "scores", shows_feedback=feedback != "none")


def _policy(plan: Plan) -> Policy:
    """As it was copied; sessions that were made before plans held it read it of the version they name."""
    if plan.policy is not None or not plan.plan_id:
        return plan.policy or UNDECIDED
    versions = KeptPlan.objects.filter(Q(pk=plan.plan_id) | Q(first=plan.plan_id), version=plan.version)
    found = versions.values("notice", "redo", "feedback").first()
    return convert(found, Policy) if found is not None else UNDECIDED
