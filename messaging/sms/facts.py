"""Who asks whom for what, read from a session for the texts about it."""

from msgspec import convert

from interviews.models import Session
from interviews.plan import Plan
from messaging.sms.texts import Facts

NOBODY = "our team"
PERSONA = "Viva"


def facts_of(session: Session) -> Facts:
    plan = convert(session.plan, Plan) if session.plan else None  # one that was erased has none any more
    organisation = session.organisation
    contact = [organisation.contact_name, organisation.contact_email] if organisation else []
    job = session.job
    return Facts(
        organisation=organisation.name if organisation else NOBODY,
        persona=plan.persona if plan else PERSONA,
        role=(job.title if job else "") or session.job_role or "a job",
        questions=plan.total if plan else session.num_questions,
        minutes=session.duration_minutes,
        candidate=session.candidate_name or (session.candidate.name if session.candidate else ""),
        contact=", ".join(part for part in contact if part),
    )
