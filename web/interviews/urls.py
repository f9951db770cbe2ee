"""The addresses of interviews: rounds, links, decisions, and invitations of many."""

from django.urls import URLPattern, path

from web.interviews import deciding, listing, making, many, one, rounds, sessions

ONE = "interviews/<int:number>/"
ROUND = "interviews/rounds/<int:number>/"
SESSION = "interviews/sessions/<uuid:uuid>/"
BATCH = "invitations/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("interviews/", listing.interviews, name="interviews"),
    path("interviews/new/", making.new_interview, name="interview_new"),
    path("interviews/new/candidates/", making.candidate_options, name="interview_candidates"),
    path(ONE, one.one_interview, name="interview"),
    path(f"{ONE}change/", one.change_one, name="interview_change"),
    path(f"{ONE}cancel/", one.cancel_one, name="interview_cancel"),
    path(f"{ONE}delete/", one.delete_one, name="interview_delete"),
    path(f"{ONE}decide/", deciding.decide_one, name="interview_decide"),
    path(f"{ONE}move/", deciding.move_one, name="interview_move"),
    path(f"{ONE}rounds/new/", rounds.new_round, name="round_new"),
    path(f"{ROUND}change/", rounds.change_one, name="round_change"),
    path(f"{ROUND}step/", rounds.take_step, name="round_step"),
    path(f"{ROUND}session/", sessions.make_for_round, name="round_session"),
    path(f"{SESSION}link/", sessions.issue_link, name="session_link"),
    path(f"{SESSION}revoke/", sessions.revoke_link, name="session_revoke"),
    path(f"{SESSION}invite/", sessions.invite_one, name="session_invite"),
    path(f"{SESSION}interview.ics", sessions.calendar, name="session_calendar"),
    path("invitations/", many.invitations, name="invitations"),
    path("invitations/template.csv", many.template, name="invitations_template"),
    path(BATCH, many.one_batch, name="batch"),
    path(f"{BATCH}progress/", many.progress, name="batch_progress"),
    path(f"{BATCH}send/", many.send, name="batch_send"),
    path(f"{BATCH}failures.csv", many.failures, name="batch_failures"),
]
