"""The review of an interview: what was said, judged, rated, overridden and noted; and who may do what."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Organisation, Role, Sealing
from hiring.models import Job
from interviews.guest_cookie import cookie_name
from interviews.live import events as ev
from interviews.live.events import HeardPart
from interviews.live.log import append
from interviews.models import Override, Rating, Session, Task
from interviews.rejudging import TASK
from web.tests.review.held import START, hold

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Client]


def page(client: Client, session: Session) -> str:
    answer = client.get(f"/review/{session.uuid}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def rate(client: Client, session: Session, number: int, score: int = 2, **more: Any) -> Any:
    return client.post(f"/review/{session.uuid}/rating/{number}/", {"score": score, **more})


def test_words_can_be_heard_and_judgements_wait_for_ones_own(session: Session, signed_in: SignIn) -> None:
    shown = page(signed_in(), session)
    assert "Zoë Łukasiewicz" in shown
    assert f'data-source="/api/sessions/{session.uuid}/recording/"' in shown
    assert '<span class="w" data-from="2000" data-to="2400">I</span>' in shown
    assert "Sealed until you have rated this answer yourself." in shown
    assert "Sealed until you have rated the whole yourself" in shown
    assert "Not heard" not in shown


def test_a_rating_opens_its_answer_and_no_other(session: Session, signed_in: SignIn) -> None:
    client = signed_in(Role.REVIEWER)
    done = rate(client, session, 1, comment="Clear.")
    assert done["Location"] == f"/review/{session.uuid}/#answer-1"
    shown = page(client, session)
    assert shown.count("Sealed until you have rated this answer yourself.") == 1
    assert "of 100" in shown
    assert "2 of 5</b> is your rating" in shown
    rate(client, session, 1, 5)
    assert "(first 2)" in page(client, session)
    rating = Rating.objects.get()
    assert (rating.score, rating.first_score) == (5, 2)


def test_a_part_alone_for_scripts(session: Session, signed_in: SignIn) -> None:
    client = signed_in()
    address = f"/review/{session.uuid}/rating/2/"
    told = client.post(address, {"score": 4}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in told
    assert 'id="judged-2"' in told
    assert "Your rating is saved." in told
    assert "data-play-at=" in told
    wrong = client.post(address, {"comment": "kept words"}, headers={"HX-Request": "true"}).content.decode()
    assert "Choose one of the five." in wrong
    assert "kept words" in wrong
    assert 'id="state-2" hx-swap-oob="true">you gave 4' in told
    whole = client.post(f"/review/{session.uuid}/rating/0/", {"score": 4}, headers={"HX-Request": "true"})
    assert whole.headers["HX-Refresh"] == "true"  # every part of the page opens


def test_the_way_back_and_to_the_decision(session: Session, signed_in: SignIn) -> None:
    shown = page(signed_in(), session)
    if session.round is not None:
        assert f'href="/interviews/{session.round.interview_id}/#decide"' in shown
    assert 'href="/interviews/"' in shown


def test_others_ratings_and_how_far_apart(session: Session, signed_in: SignIn) -> None:
    first, second = signed_in(), signed_in(Role.REVIEWER)
    rate(first, session, 2, 5, comment="Names the way back.")
    assert "Names the way back." not in page(second, session)
    rate(second, session, 2, 1)
    shown = page(second, session)
    assert "Names the way back." in shown
    assert "four anchors apart" in shown
    assert "They differ." in shown


def test_an_override_with_a_reason_and_its_undoing(session: Session, signed_in: SignIn) -> None:
    client = signed_in()
    rate(client, session, 0, 4)
    address = f"/review/{session.uuid}/override/2/"
    refused = client.post(address, {"what": "5", "reason": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert client.post(address, {"what": "5", "reason": "Said so in other words."}).status_code == 302
    shown = page(client, session)
    assert "Said so in other words." in shown
    assert "With what people set it comes to" in shown
    client.post(address, {"what": "not_scorable", "reason": "Too noisy."})
    assert "Too noisy." in page(client, session)
    client.post(address, {"what": "as_judged", "reason": "It was fine."})
    assert "With what people set" not in page(client, session)
    assert [one.outcome for one in Override.objects.order_by("pk")] == ["score", "not_scorable", "as_judged"]
    again = client.post(address, {"what": "as_judged", "reason": "Twice."})
    assert "Nothing was overridden here." in again.content.decode()
    whole = client.post(f"/review/{session.uuid}/override/0/", {"what": "5", "reason": "All of it."})
    assert "There is no question 0" in whole.content.decode()


def test_notes_with_a_time(session: Session, signed_in: SignIn) -> None:
    client = signed_in(Role.REVIEWER)
    wrong = client.post(f"/review/{session.uuid}/note/", {"text": "Ask about rollback", "at": "3"})
    assert wrong.status_code == 422
    assert "Ask about rollback" in wrong.content.decode()
    client.post(f"/review/{session.uuid}/note/", {"text": "Ask about rollback", "at": "0:04"})
    assert 'data-play-at="4000"' in page(client, session)


def test_judged_again_from_the_page(session: Session, signed_in: SignIn) -> None:
    client = signed_in()
    rate(client, session, 0)
    done = client.post(f"/review/{session.uuid}/again/", {"evaluator": "words", "rubric": "asked"})
    assert done["Location"].endswith("#again")
    shown = page(client, session)
    assert "being judged again" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert client.get(f"/review/{session.uuid}/judging/").status_code == 200
    reviewer = signed_in(Role.REVIEWER)
    assert reviewer.post(f"/review/{session.uuid}/again/", {}).status_code == 403


def test_judging_again_is_counted_with_what_the_interface_is_asked(
    session: Session, signed_in: SignIn
) -> None:
    client, address = signed_in(), f"/review/{session.uuid}/again/"
    asked = [time.time()] * 30  # in this hour, over the interface
    cache.set(f"throttle_evaluations_user-{client.session['_auth_user_id']}", asked, 3600)
    shown = client.post(address, {"evaluator": "words", "rubric": "asked"}, follow=True).content.decode()
    assert "That was very often." in shown
    assert not Task.objects.filter(kind=TASK).exists()
    cache.clear()


def test_an_observer_reads_and_changes_nothing(session: Session, signed_in: SignIn) -> None:
    observer = signed_in(Role.OBSERVER)
    shown = page(observer, session)
    assert "of 100" in shown  # over, and sealed only while it runs
    assert "<textarea" not in shown
    for path, body in (
        ("rating/1/", {"score": 3}),
        ("override/1/", {"what": "3", "reason": "x"}),
        ("note/", {"text": "x"}),
        ("again/", {}),
        ("share/", {"edition": "panel", "days": 3}),
    ):
        assert observer.post(f"/review/{session.uuid}/{path}", body).status_code == 403, path


def test_an_observer_sees_no_score_where_ratings_come_first(
    session: Session, organisation: Organisation, signed_in: SignIn
) -> None:
    rate(signed_in(), session, 1, comment="Mine alone.")
    Organisation.objects.update(sealing=Sealing.RATED)
    shown = page(signed_in(Role.OBSERVER), session)
    assert "of 100" not in shown
    assert "Mine alone." not in shown
    Organisation.objects.update(sealing=Sealing.OFF)
    assert "of 100" in page(signed_in(), session)


@pytest.mark.parametrize("path", ["", "judging/", "share/"])
def test_strangers_and_candidates_find_nothing(session: Session, stranger: Client, path: str) -> None:
    assert stranger.get(f"/review/{session.uuid}/{path}").status_code == 404
    token = new_token()
    Session.objects.update(token_hash=hash_token(token))
    candidate = Client()
    candidate.cookies[cookie_name(session.uuid)] = token
    assert candidate.get(f"/review/{session.uuid}/{path}")["Location"].startswith("/sign-in/")


def test_strangers_change_nothing(session: Session, stranger: Client) -> None:
    assert rate(stranger, session, 1).status_code == 404
    assert stranger.post(f"/review/{session.uuid}/override/1/", {}).status_code == 404
    assert not Rating.objects.exists()


def test_without_a_recording_there_is_the_text(organisation: Organisation, signed_in: SignIn) -> None:
    shown = page(signed_in(), hold(organisation, is_recorded=False))
    assert "data-player" not in shown
    assert "not recorded, text only" in shown
    assert "billing" in shown


def test_without_consent_people_alone_rate(organisation: Organisation, signed_in: SignIn) -> None:
    shown = page(signed_in(), hold(organisation, may_judge=False))
    assert "did not agree to an evaluation" in shown
    assert "of 100" not in shown


def test_what_was_heard_badly_says_so(organisation: Organisation, signed_in: SignIn) -> None:
    client, session = signed_in(), hold(organisation, confidence=0.05)
    rate(client, session, 0)
    assert "Not scorable." in page(client, session)


def test_a_skipped_question_has_nothing_to_rate(organisation: Organisation, signed_in: SignIn) -> None:
    shown = page(signed_in(), hold(organisation, answers=("", "We used a queue so slow jobs did not block.")))
    assert 'id="comment-1"' not in shown
    assert shown.count("There is no answer to rate.") == 1
    assert 'id="comment-2"' in shown


def test_one_that_runs_and_one_that_never_began(organisation: Organisation, signed_in: SignIn) -> None:
    client = signed_in()
    running = hold(organisation, is_over=False)
    Session.objects.filter(pk=running.pk).update(status="in_progress")
    shown = page(client, running)
    assert "still running" in shown
    assert f"/monitor/{running.uuid}/" in shown
    coming = Session.objects.create(organisation=organisation, title="Later")
    assert "has not begun" in page(client, coming)


def test_an_erased_one_says_so(session: Session, signed_in: SignIn) -> None:
    session.events.update(payload=None, salt=None)
    assert "has been erased" in page(signed_in(), session)


def test_the_page_costs_as_much_for_many_ratings(
    session: Session, signed_in: SignIn, django_assert_max_num_queries: Any, job: Job
) -> None:
    client = signed_in()
    for _ in range(5):
        rate(signed_in(Role.REVIEWER), session, 1)
    rate(client, session, 0)
    with django_assert_max_num_queries(45):
        page(client, session)


def test_an_answer_given_once_more_stands_beside_the_first(session: Session, signed_in: SignIn) -> None:
    again = ev.AnswerRedone(
        at=START + timedelta(hours=1),
        turn_id=9,
        question=2,
        text="We went back within a minute.",
        channel="voice",
        heard=(HeardPart(text="We went back within a minute.", start_ms=100, end_ms=2100),),
    )
    append(session.pk, session.epoch, [again])
    shown = page(signed_in(), session)
    answer = shown[shown.index('id="answer-2"') :]
    assert "answered once more afterwards: this is what is judged" in answer
    assert "We went back within a minute." in answer
    assert ">billing</span>" in answer


def test_only_answers_are_overridden(session: Session, signed_in: SignIn) -> None:
    client = signed_in(Role.REVIEWER)
    refused = client.post(f"/review/{session.uuid}/override/0/", {"what": "5", "reason": "All of it."})
    assert refused.status_code == 422
    assert "There is no question 0" in refused.content.decode()
    assert not Override.objects.exists()


def test_whether_an_answer_could_be_scored_is_sealed_in_files_too(
    organisation: Organisation, signed_in: SignIn
) -> None:
    session = hold(organisation, confidence=0.05)
    address = f"/api/sessions/{session.uuid}/export/?format=json"
    assert '"outcome": "Not scorable.' in signed_in().get(address).getvalue().decode()
    Organisation.objects.update(sealing=Sealing.RATED)
    assert "Not scorable." not in signed_in().get(address).getvalue().decode()
