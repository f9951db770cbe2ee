"""Interviews on pages: listed and narrowed, made in one step, shown, changed, cancelled, deleted."""

from datetime import timedelta

import msgspec
from django.test import Client
from django.utils import timezone

from accounts.models import User
from hiring.models import Candidate, Decision, Interview, Interviewer, Job, Plan, Round
from interviews.bank import demo_plan
from interviews.guest_cookie import cookie_name
from interviews.models import Session

NEW = "/interviews/new/"


def _text(answer) -> str:
    return answer.content.decode()


def _wish(**more: object) -> dict[str, object]:
    return {"candidate": "new", "channel": "voice", "language": "en", "time_zone": "UTC", **more}


def test_one_is_made_of_nothing_with_round_session_and_a_link(as_role, organisation, job: Job) -> None:
    client = as_role("recruiter")
    wish = _wish(
        name="Zoë Ł.",
        email="zoe@example.com",
        phone="+49 30 901820",
        job=job.pk,
        title="First talk",
        interviewer="new",
        interviewer_name="John Doe",
        interviewer_email="john@example.com",
        scheduled_at="2030-05-01T10:00",
        duration_minutes="45",
        typed="on",
        time_factor="1.5",
    )
    answer = client.post(NEW, wish)
    made = Interview.objects.get()
    held = made.rounds.get()
    session = held.sessions.get()
    assert (made.candidate.name, made.job, made.interviewer.name) == ("Zoë Ł.", job, "John Doe")
    assert (made.status, made.scheduled_at.isoformat()) == ("scheduled", "2030-05-01T10:00:00+00:00")
    assert (session.title, session.duration_minutes, session.interviewer) == (
        "First talk",
        45,
        made.interviewer,
    )
    assert session.accommodations == {"typed": True, "time_factor": 1.5}
    link = _text(answer).split('value="http://testserver/i/')[1].split("/")[0]
    assert client.get(f"/i/{link}/").status_code == 302
    assert "<svg" in _text(answer)


def test_a_time_is_the_persons_own(as_role, recruiter: User, ada: Candidate) -> None:
    recruiter.time_zone = "America/New_York"
    recruiter.save()
    as_role("recruiter").post(NEW, _wish(candidate=ada.pk, scheduled_at="2030-01-01T10:00"))
    made = Interview.objects.get()
    assert made.scheduled_at.isoformat() == "2030-01-01T15:00:00+00:00"


def test_candidates_for_a_job_are_asked_what_its_newest_plan_asks(as_role, organisation, job: Job) -> None:
    client = as_role("recruiter")
    plans = [_plan(organisation, job, name) for name in ("First", "Second")]
    for choice in ("", "drafted", str(plans[0].number)):
        client.post(NEW, _wish(name=f"Zoë {choice}", job=job.pk, plan=choice))
    taken = [one.plan.get("plan_id") for one in Session.objects.order_by("pk")]
    assert taken == [plans[1].number, None, plans[0].number]


def _plan(organisation, job: Job, name: str) -> Plan:
    content = msgspec.to_builtins(demo_plan())
    return Plan.objects.create(organisation=organisation, job=job, name=name, content=content)


def test_a_slip_in_the_year_is_told(as_role, ada: Candidate) -> None:
    shown = _text(as_role("recruiter").post(NEW, _wish(candidate=ada.pk, scheduled_at="9998-01-01T10:00")))
    assert "more than ten years away" in shown
    assert not Interview.objects.exists()


def test_mistakes_make_nothing_and_keep_what_was_typed(as_role, organisation) -> None:
    client = as_role("recruiter")
    shown = _text(
        client.post(NEW, _wish(name="Zoë", email="no", phone="1", interviewer="new", time_factor="9"))
    )
    assert "less than or equal to 3" in shown
    shown = _text(client.post(NEW, _wish(name="Zoë", email="no", phone="1", title="Talk")))
    for told in ("valid email", "country code", 'value="Talk"'):
        assert told in shown, told
    shown = _text(client.post(NEW, _wish(name="Zoë", interviewer="new")))
    assert 'id="id_interviewer_name_error"' in shown
    assert "There is no such" in _text(client.post(NEW, _wish(candidate="77777")))
    assert "There is no such plan" in _text(client.post(NEW, _wish(name="Zoë", plan="7777")))
    assert not Candidate.objects.exists()
    assert not Interview.objects.exists()


def test_candidates_are_found_as_one_types(as_role, organisation, ada) -> None:
    Candidate.objects.create(organisation=organisation, name="Bob")
    shown = _text(as_role("recruiter").get("/interviews/new/candidates/?find=ada"))
    assert "Ada Byron" in shown
    assert "Bob" not in shown
    assert as_role("observer").get("/interviews/new/candidates/").status_code == 403


def test_the_list_is_narrowed_searched_and_ordered(
    as_role, organisation, interview: Interview, job: Job
) -> None:
    john = Interviewer.objects.create(organisation=organisation, name="John")
    bob = Candidate.objects.create(organisation=organisation, name="Bob Stone")
    other = Interview.objects.create(
        organisation=organisation, candidate=bob, interviewer=john, status="completed"
    )
    client = as_role("observer")

    def names(query: str) -> list[str]:
        shown = _text(client.get(f"/interviews/?{query}")).split('id="found"')[1]
        return [name for name in ("Ada Byron", "Bob Stone") if name in shown]

    assert names("") == ["Ada Byron", "Bob Stone"]
    assert names(f"job={job.pk}") == ["Ada Byron"]
    assert names(f"interviewer={john.pk}") == ["Bob Stone"]
    assert names("status=completed") == names("decision=needed") == ["Bob Stone"]
    assert names("q=nurse") == ["Ada Byron"]
    Decision.objects.create(interview=other, verdict="advance", reason="Good.", decided_by_name="Dana")
    assert names("decision=advance") == ["Bob Stone"]
    assert names("decision=none") == ["Ada Byron"]
    for odd in ("job=x&status=zzz&order=zzz&decision=zzz&page=99", f"job={2**63 - 1}", "q=%00"):
        assert client.get(f"/interviews/?{odd}").status_code == 200
    by_name = _text(client.get("/interviews/?order=name")).split('id="found"')[1]
    assert by_name.index("Ada Byron") < by_name.index("Bob Stone")


def test_a_sealed_score_stands_on_no_page(as_role, organisation, interview, session: Session) -> None:
    Interview.objects.update(job_fit_score=73.0)
    Session.objects.update(status="in_progress")
    client = as_role("admin")
    for path in ("/interviews/?order=fit", f"/interviews/{interview.pk}/"):
        assert "Sealed" in _text(client.get(path))
        assert ">73<" not in _text(client.get(path))
    organisation.sealing = "off"
    organisation.save()
    assert ">73<" in _text(client.get(f"/interviews/{interview.pk}/"))


def test_the_pages_ask_the_database_no_more_for_many(
    as_role, organisation, job, django_assert_max_num_queries
) -> None:
    for number in range(28):
        person = Candidate.objects.create(organisation=organisation, name=f"Candidate {number}")
        made = Interview.objects.create(organisation=organisation, candidate=person, job=job)
        Decision.objects.create(interview=made, verdict="hold", reason="Later.", decided_by_name="Dana")
        for order in range(1, 6):
            held = Round.objects.create(interview=made, order=order)
            Session.objects.create(organisation=organisation, round=held, candidate=person)
    client = as_role("recruiter")
    with django_assert_max_num_queries(12):
        assert "1 of 2" in _text(client.get("/interviews/"))
    with django_assert_max_num_queries(20):
        client.get(f"/interviews/{made.pk}/")


def test_each_role_sees_what_it_may_press(as_role, interview: Interview, session: Session) -> None:
    path = f"/interviews/{interview.pk}/"
    for role in ("admin", "recruiter", "reviewer", "observer"):
        shown = _text(as_role(role).get(path))
        makes = role in {"admin", "recruiter"}
        assert ("Add a round" in shown) == ("New link" in shown) == ("/decide/" in shown) == makes, role
        assert ("ada@example.com" in shown) == (role != "observer"), role
        assert "First talk" in shown


def test_running_and_ended_sessions_lead_on(as_role, interview: Interview, session: Session) -> None:
    client, path = as_role("observer"), f"/interviews/{interview.pk}/"
    now = timezone.now()
    Session.objects.update(status="in_progress", started_at=now)
    assert f'href="/monitor/{session.uuid}/"' in _text(client.get(path))
    Session.objects.update(status="completed", ended_at=now)
    assert f'href="/review/{session.uuid}/"' in _text(client.get(path))


def test_it_is_changed_cancelled_and_deleted(as_role, interview: Interview, session: Session) -> None:
    client, path = as_role("recruiter"), f"/interviews/{interview.pk}/"
    client.post(f"{path}change/", {"title": "Second talk", "notes": "Kind.", "job": "", "interviewer": ""})
    interview.refresh_from_db()
    assert (interview.title, interview.notes, interview.job) == ("Second talk", "Kind.", None)
    assert "There is no such job" in _text(client.post(f"{path}change/", {"title": "X", "job": "99999"}))
    assert "cancelled" in _text(client.post(f"{path}cancel/", follow=True))
    interview.refresh_from_db()
    assert (interview.status, interview.rounds.get().status) == ("cancelled", "cancelled")
    Session.objects.update(status="in_progress")
    assert "end it first" in _text(client.post(f"{path}delete/"))
    Session.objects.update(status="completed")
    assert client.post(f"{path}delete/")["Location"] == "/interviews/"
    assert not Interview.objects.exists()


def test_what_was_decided_is_deleted_by_admins_alone(as_role, interview: Interview) -> None:
    Decision.objects.create(interview=interview, verdict="hold", reason="Later.", decided_by_name="Dana")
    path = f"/interviews/{interview.pk}/delete/"
    assert "Delete for good" not in _text(as_role("recruiter").get(path))
    assert as_role("recruiter").post(path).status_code == 403
    assert as_role("admin").post(path).status_code == 302


def _all(interview: Interview, session: Session) -> tuple[list[str], list[str]]:
    one, held = f"/interviews/{interview.pk}/", f"/interviews/rounds/{session.round_id}/"
    of_session = f"/interviews/sessions/{session.uuid}/"
    reading = [
        f"{one}change/",
        f"{one}delete/",
        f"{one}rounds/new/",
        f"{held}change/",
        f"{of_session}invite/",
    ]
    pressing = [*(f"{one}{x}/" for x in ("cancel", "decide", "move")), f"{held}step/", f"{held}session/"]
    return reading, [*reading, *pressing, *(f"{of_session}{x}/" for x in ("link", "revoke"))]


def test_who_only_reads_presses_nothing(as_role, interview: Interview, session: Session) -> None:
    reading, pressing = _all(interview, session)
    for role in ("reviewer", "observer"):
        client = as_role(role)
        assert {client.get(path).status_code for path in [NEW, *reading]} == {403}
        assert {client.post(path).status_code for path in [NEW, *pressing]} == {403}
        assert client.get(f"/interviews/{interview.pk}/").status_code == 200
    assert not Decision.objects.exists()


def test_to_strangers_it_does_not_exist(stranger: Client, interview: Interview, session: Session) -> None:
    reading, pressing = _all(interview, session)
    calendar = f"/interviews/sessions/{session.uuid}/interview.ics"
    assert {stranger.get(p).status_code for p in [*reading, calendar, f"/interviews/{interview.pk}/"]} == {
        404
    }
    assert {stranger.post(path).status_code for path in pressing} == {404}
    assert "Ada" not in _text(stranger.get("/interviews/"))


def test_a_candidates_cookie_opens_none_of_it(client: Client, interview, session, make_interview) -> None:
    other, token = make_interview()
    client.cookies[cookie_name(other.uuid)] = token
    reading, pressing = _all(interview, session)
    assert {client.get(path).status_code for path in [*reading, NEW, "/interviews/"]} == {302}
    assert {client.post(path).status_code for path in pressing} == {302}


def test_moving_needs_a_time_to_come_and_says_why(as_role, interview: Interview, session: Session) -> None:
    client, path = as_role("recruiter"), f"/interviews/{interview.pk}/move/"
    past = _text(client.post(path, {"scheduled_at": "2001-01-01T10:00", "reason": "Jane travels."}))
    assert "This time has passed" in past
    assert "Jane travels." in past
    at = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(
        path, {"scheduled_at": at, "reason": "Ada travels.", "round_id": session.round_id}, follow=True
    )
    assert "Ada travels." in _text(answer)
    interview.refresh_from_db()
    assert interview.rounds.get().scheduled_at == interview.scheduled_at is not None
