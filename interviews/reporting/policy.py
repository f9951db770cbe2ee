"""What the kept plan of a session lets its candidate read of the judgements."""

from django.db.models import Q

from hiring.models import Plan as KeptPlan
from interviews.plan import Plan
from reports.content import CandidatePolicy


def candidate_policy(plan: Plan) -> CandidatePolicy:
    """Words and no scores where nobody decided otherwise, or where the kept plan is gone."""
    if not plan.plan_id:
        return CandidatePolicy()
    versions = KeptPlan.objects.filter(Q(pk=plan.plan_id) | Q(first=plan.plan_id), version=plan.version)
    feedback = versions.values_list("feedback", flat=True).first()
    if feedback is None:
        return CandidatePolicy()
    return CandidatePolicy(
        shows_scores=feedback == KeptPlan.Feedback.SCORES,
        shows_feedback=feedback != KeptPlan.Feedback.NONE,
    )
