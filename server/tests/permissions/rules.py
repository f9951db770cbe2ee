"""Who may do what over the REST interface: one rule for every operation of the schema.

A rule names who is let in. Nobody and expired tokens are 401, inactive accounts 403. Strangers are 404 where
the address names an object of others, and let in (to what is theirs) where it names none. A candidate's link
is 403 where it opens this session but not this, and 404 at another session's.
"""

from dataclasses import dataclass

READERS = frozenset({"observer", "reviewer", "recruiter", "admin"})
NOTERS = READERS - {"observer"}
MAKERS = frozenset({"recruiter", "admin"})
NO_ROLE = frozenset[str]()


@dataclass(frozen=True)
class Rule:
    """`roles` of the organisation that are let in. `to_link`, `to_other_link`: what the candidate's link and
    another session's get. `to_stranger`: what a member of another organisation gets. 0 is "let in".
    """

    roles: frozenset[str]
    to_stranger: int = 404
    to_link: int = 403
    to_other_link: int = 403
    to_other_roles: int = 403
    to_nobody: int = 401
    is_blind: bool = False  # looks at no account and no link


ALL = Rule(READERS, to_stranger=0, to_link=0, to_other_link=0, to_nobody=0, is_blind=True)
SIGNED = Rule(NO_ROLE, to_stranger=403, to_nobody=403, is_blind=True)

# Addresses without an object: everybody has lists, figures and a profile of their own.
ANYBODY = Rule(READERS, to_stranger=0, to_link=0, to_other_link=0)
ACCOUNT = Rule(READERS, to_stranger=0)
MAKE = Rule(MAKERS, to_stranger=0)
LINK = Rule(NO_ROLE, to_stranger=401, to_link=0, to_other_link=0, to_other_roles=401)

# An object of an organisation.
READ = Rule(READERS)
CHANGE = Rule(MAKERS)
ADMIN_ONLY = Rule(frozenset({"admin"}))
OWN_PRACTICE = Rule(NO_ROLE, to_other_roles=404)  # somebody's alone: their organisation has no part in it

# A session, and what belongs to it: the link of another session finds nothing there.
WATCH = Rule(READERS, to_link=0, to_other_link=404)
OF_MEMBERS = Rule(READERS, to_other_link=404)
NOTE = Rule(NOTERS, to_other_link=404)
COMMAND = Rule(MAKERS, to_other_link=404)
END = Rule(MAKERS, to_link=0, to_other_link=404)
SPEAK = Rule(NO_ROLE, to_link=0, to_other_link=404)  # the candidate; accounts only where they own it
# The session stands in the body: a stranger's is no session, as any other wrong value.
WRITE_QUESTION = Rule(MAKERS, to_stranger=400, to_other_link=400)

RULES: dict[Rule, str] = {
    ALL: """
        GET /api/
        GET /api/info/
        GET /api/health/
        GET /api/health/ready/
        POST /api/auth/login/
        POST /api/auth/refresh/
        POST /api/auth/register/
        POST /api/auth/registration/
        POST /api/auth/password/reset/
        POST /api/auth/password/reset/confirm/
        POST /api/auth/token/refresh/
    """,
    SIGNED: """
        POST /api/sms/webhook/
    """,
    ANYBODY: """
        GET /api/sessions/
        GET /api/reports/
        GET /api/questions/
        GET /api/conversations/
        POST /api/conversations/voice_to_text/
    """,
    ACCOUNT: """
        POST /api/auth/logout/
        GET /api/auth/me/
        GET /api/auth/user/
        POST /api/auth/password/change/
        GET /api/team/
        POST /api/team/join/
        GET /api/profile/
        PUT /api/profile/
        PATCH /api/profile/
        POST /api/profile/test-email/
        GET /api/user/profile/
        PUT /api/user/profile/
        PATCH /api/user/profile/
        GET /api/user/stats/
        GET /api/test/ai/
        GET /api/question-bank/
        GET /api/candidates/
        GET /api/students/
        GET /api/jobs/
        GET /api/interviewers/
        GET /api/interviews/
        GET /api/interviews/rounds/
        GET /api/interviews/dashboard-stats/
        GET /api/dashboard/
        GET /api/invitations/
        GET /api/messages/
        GET /api/plans/
        POST /api/plans/preview/
        GET /api/webhooks/
        GET /api/requests/
        GET /api/interview/
        POST /api/interview/create/
        GET /api/skill-gaps/
        GET /api/skill-gaps/summary/
    """,
    MAKE: """
        POST /api/sessions/
        POST /api/candidates/
        POST /api/students/
        POST /api/jobs/
        POST /api/interviewers/
        POST /api/interviews/
        POST /api/interviews/rounds/
        POST /api/plans/
        POST /api/invitations/bulk/
        POST /api/webhooks/
    """,
    LINK: """
        GET /api/me/session/
        PATCH /api/me/session/
        GET /api/me/session/groups/
        PUT /api/me/session/groups/
        DELETE /api/me/session/groups/
        GET /api/me/session/requests/
        POST /api/me/session/requests/
        GET /api/me/session/corrections/
        POST /api/me/session/corrections/
        GET /api/me/session/redo/
        POST /api/me/session/redo/
        POST /api/me/session/redo/hearing/
        GET /api/me/session/export/
    """,
    READ: """
        GET /api/jobs/{job_id}/export/
        GET /api/team/{organisation_id}/
        GET /api/team/{organisation_id}/members/
        GET /api/candidates/{candidate_id}/
        GET /api/students/{candidate_id}/
        GET /api/jobs/{job_id}/
        GET /api/jobs/{job_id}/reports/
        GET /api/jobs/{job_id}/open-link/
        GET /api/interviewers/{interviewer_id}/
        GET /api/interviews/{interview_id}/
        GET /api/interviews/{interview_id}/decision/
        GET /api/interviews/rounds/{round_id}/
        GET /api/plans/{number}/
        GET /api/plans/{number}/versions/
        GET /api/requests/{request_id}/
        GET /api/invitations/bulk/{batch_id}/
        GET /api/webhooks/{webhook_id}/
        GET /api/webhooks/{webhook_id}/deliveries/
    """,
    Rule(NOTERS): """
        GET /api/candidates/{candidate_id}/resume/
    """,
    CHANGE: """
        PUT /api/candidates/{candidate_id}/
        PATCH /api/candidates/{candidate_id}/
        DELETE /api/candidates/{candidate_id}/
        POST /api/candidates/{candidate_id}/resume/
        DELETE /api/candidates/{candidate_id}/resume/
        PUT /api/students/{candidate_id}/
        PATCH /api/students/{candidate_id}/
        DELETE /api/students/{candidate_id}/
        PUT /api/jobs/{job_id}/
        PATCH /api/jobs/{job_id}/
        DELETE /api/jobs/{job_id}/
        POST /api/jobs/{job_id}/open-link/
        DELETE /api/jobs/{job_id}/open-link/
        PUT /api/interviewers/{interviewer_id}/
        PATCH /api/interviewers/{interviewer_id}/
        DELETE /api/interviewers/{interviewer_id}/
        PUT /api/interviews/{interview_id}/
        PATCH /api/interviews/{interview_id}/
        POST /api/interviews/{interview_id}/decision/
        POST /api/interviews/{interview_id}/reschedule/
        PUT /api/interviews/rounds/{round_id}/
        PATCH /api/interviews/rounds/{round_id}/
        DELETE /api/interviews/rounds/{round_id}/
        POST /api/requests/{request_id}/answer/
        PUT /api/plans/{number}/
        PUT /api/webhooks/{webhook_id}/
        PATCH /api/webhooks/{webhook_id}/
        DELETE /api/webhooks/{webhook_id}/
        POST /api/webhooks/{webhook_id}/secret/
        POST /api/webhooks/{webhook_id}/test/
        POST /api/webhooks/{webhook_id}/deliveries/{delivery}/replay/
    """,
    ADMIN_ONLY: """
        PATCH /api/team/{organisation_id}/
        PATCH /api/team/{organisation_id}/members/{member_id}/
        DELETE /api/team/{organisation_id}/members/{member_id}/
        GET /api/team/{organisation_id}/invitations/
        POST /api/team/{organisation_id}/invitations/
        DELETE /api/team/{organisation_id}/invitations/{invitation_id}/
        POST /api/team/{organisation_id}/invitations/{invitation_id}/resend/
        DELETE /api/interviews/{interview_id}/
    """,
    OWN_PRACTICE: """
        GET /api/interview/{reference}/
        POST /api/interview/{reference}/answer/{question_id}/
        PATCH /api/interview/{reference}/complete/
        GET /api/interview/{reference}/results/
        GET /api/interview/{reference}/score/
    """,
    WATCH: """
        GET /api/sessions/{reference}/
        GET /api/sessions/{reference}/calendar/
        GET /api/sessions/{reference}/events/
        GET /api/sessions/{reference}/questions/
        GET /api/sessions/{reference}/recording/
        GET /api/sessions/{reference}/results/
        GET /api/sessions/{reference}/transcript/
        GET /api/sessions/{reference}/turns/
        GET /api/questions/{question_id}/
        GET /api/conversations/{number}/
        GET /api/conversations/{number}/audio/
        GET /api/reports/{reference}/
        GET /api/reports/{reference}/json/
        GET /api/reports/{reference}/pdf/
        POST /api/reports/generate/
    """,
    OF_MEMBERS: """
        GET /api/sessions/{reference}/overrides/
        GET /api/sessions/{reference}/export/
        GET /api/reports/{reference}/shares/
        GET /api/sessions/{reference}/evaluations/
        GET /api/sessions/{reference}/notes/
        GET /api/sessions/{reference}/ratings/
        GET /api/sessions/{reference}/score/
        GET /api/sessions/{reference}/sms/
        GET /api/skill-gaps/interview/{reference}/
    """,
    NOTE: """
        POST /api/sessions/{reference}/overrides/
        POST /api/sessions/{reference}/notes/
        POST /api/sessions/{reference}/ratings/
    """,
    COMMAND: """
        POST /api/reports/{reference}/shares/
        DELETE /api/reports/{reference}/shares/{share_id}/
        PUT /api/sessions/{reference}/
        PATCH /api/sessions/{reference}/
        DELETE /api/sessions/{reference}/
        POST /api/sessions/{reference}/evaluate/
        POST /api/sessions/{reference}/generate-questions/
        POST /api/sessions/{reference}/invite/
        POST /api/sessions/{reference}/sms/
        POST /api/sessions/{reference}/token/
        DELETE /api/sessions/{reference}/token/
        POST /api/skill-gaps/analyze/{reference}/
        PUT /api/questions/{question_id}/
        PATCH /api/questions/{question_id}/
        DELETE /api/questions/{question_id}/
    """,
    END: """
        POST /api/sessions/{reference}/end/
    """,
    SPEAK: """
        POST /api/sessions/{reference}/start/
        POST /api/sessions/{reference}/turns/
        POST /api/sessions/{reference}/questions/{question_id}/answer/
        POST /api/conversations/
        POST /api/ai-interview/
    """,
    WRITE_QUESTION: """
        POST /api/questions/
        POST /api/questions/bulk_create/
    """,
}


def rule_of_each() -> dict[str, Rule]:
    """By `METHOD /path/`. Raises ValueError for one that has two."""
    found: dict[str, Rule] = {}
    for rule, operations in RULES.items():
        for line in operations.strip().splitlines():
            if line.strip() in found:
                raise ValueError(f"{line.strip()} has two rules")
            found[line.strip()] = rule
    return found


def expected(rule: Rule, who: str) -> int:
    """The status that `who` gets; 0 for whatever says that they were let in."""
    if who in {"expired", "inactive"}:
        return rule.to_nobody if rule.is_blind else {"expired": 401, "inactive": 403}[who]
    if who in READERS:
        return 0 if who in rule.roles else rule.to_other_roles
    answers = {
        "nobody": rule.to_nobody,
        "stranger": rule.to_stranger,
        "link": rule.to_link,
        "other_link": rule.to_other_link,
    }
    return answers[who]
