"""One's own account: reading, changing, another password, signing out; and what the log says of it."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.api.signing_in import new_tokens
from accounts.ending import end_all_tokens
from accounts.models import SecurityEvent, User
from accounts.security import KEPT, erase_old

pytestmark = pytest.mark.django_db
PASSWORD = "Correct-horse-7"


def signed_in(name: str = "rita") -> tuple[APIClient, dict[str, Any]]:
    client = APIClient()
    tokens = client.post("/api/auth/login/", {"username": name, "password": PASSWORD}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    return client, tokens


@pytest.mark.parametrize("path", ["/api/profile/", "/api/user/profile"])
def test_what_is_left_out_stays(make_user: Any, told: Any, path: str) -> None:
    make_user("rita")
    client, _ = signed_in()
    changed = told(client.put(path, {"full_name": "Rita Novak"}), 200)
    assert (changed["full_name"], changed["username"]) == ("Rita Novak", "rita")
    wish = {"time_zone": "Asia/Tokyo", "email_notifications": False, "username": "rita-n"}
    assert told(client.patch(path, wish), 200) | wish == told(client.get(path), 200)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "MAX"}, "username"),
        ({"username": "a b c"}, "username"),
        ({"full_name": "R"}, "full_name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"email_notifications": "perhaps"}, "email_notifications"),
        ({"email": "new@viva.example"}, "password"),
        ({"email": "new@viva.example", "password": "wrong"}, "password"),
        ({"email": "max@acme.example", "password": PASSWORD}, "email"),
    ],
)
def test_changes_that_are_refused(make_user: Any, told: Any, change: dict[str, Any], field: str) -> None:
    make_user("rita"), make_user("max")
    client, _ = signed_in()
    assert set(told(client.patch("/api/profile/", change), 400)["fields"]) == {field}
    told(client.patch("/api/profile/", {"username": "RITA"}), 200)


def test_another_address_takes_the_password_and_is_noted(make_user: Any, told: Any) -> None:
    make_user("rita")
    client, _ = signed_in()
    change = {"email": "new@viva.example", "password": PASSWORD}
    assert told(client.patch("/api/profile/", change), 200)["email"] == "new@viva.example"
    assert SecurityEvent.objects.filter(kind="address_changed", user__username="rita").exists()


def test_another_password_ends_every_token(make_user: Any, anyone: Any, told: Any) -> None:
    make_user("rita")
    client, former = signed_in()
    path = "/api/auth/password/change/"
    wrong = {"old_password": "x", "new_password": "Battery-staple-8"}
    assert set(told(client.post(path, wrong), 400)["fields"]) == {"old_password"}
    weak = {"old_password": PASSWORD, "new_password": "battery-staple"}
    assert set(told(client.post(path, weak), 400)["fields"]) == {"new_password"}
    tokens = told(client.post(path, {**wrong, "old_password": PASSWORD}), 200)
    outcomes = SecurityEvent.objects.filter(kind="password_changed").order_by("pk")
    assert [one.outcome for one in outcomes] == ["refused", "refused", "ok"]
    told(client.get("/api/auth/me/"), 401)
    told(anyone.post("/api/auth/token/refresh/", {"refresh": former["refresh"]}), 401)
    told(anyone.get("/api/auth/user/", HTTP_AUTHORIZATION=f"Bearer {tokens['access']}"), 200)


def test_signing_out_uses_up_one_token_or_all(make_user: Any, anyone: Any, told: Any) -> None:
    make_user("rita"), make_user("max")
    first, tokens = signed_in()
    _, other = signed_in()
    _, foreign = signed_in("max")
    told(first.post("/api/auth/logout/", {"refresh": foreign["refresh"]}), 401)
    told(first.post("/api/auth/logout/", {"refresh": tokens["refresh"]}), 200)
    refused = told(
        anyone.post("/api/auth/refresh/", {"refresh": tokens["refresh"]}, REMOTE_ADDR="192.0.2.1"), 401
    )
    assert refused["code"] == "token_not_valid"
    told(first.post("/api/auth/logout", {}, REMOTE_ADDR="192.0.2.2"), 200)
    told(anyone.post("/api/auth/refresh/", {"refresh": other["refresh"]}, REMOTE_ADDR="192.0.2.3"), 401)
    told(anyone.post("/api/auth/refresh/", {"refresh": foreign["refresh"]}, REMOTE_ADDR="192.0.2.4"), 200)


def test_a_disabled_account_is_told_so(make_user: Any, anyone: Any, told: Any) -> None:
    user = make_user("rita")
    client, tokens = signed_in()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert told(client.get("/api/auth/me/"), 403)["code"] == "inactive"
    told(anyone.post("/api/auth/token/refresh/", {"refresh": tokens["refresh"]}), 401)
    noted = SecurityEvent.objects.get(kind="refresh")
    assert (noted.user, noted.detail) == (user, "inactive")


def test_a_deleted_account_is_nobody(make_user: Any, anyone: Any, told: Any) -> None:
    user = make_user("rita")
    client, tokens = signed_in()
    user.delete()
    told(client.get("/api/auth/me/"), 401)
    told(anyone.post("/api/auth/refresh/", {"refresh": tokens["refresh"]}), 401)


def test_a_password_is_guessed_nowhere(make_user: Any, told: Any) -> None:
    make_user("rita")
    client, _ = signed_in()
    guess = {"email": "new@viva.example", "password": "x"}
    for path in ["/api/profile/", "/api/user/profile/"] * 2:
        told(client.patch(path, guess), 400)
    told(client.patch("/api/profile/", guess), 429)
    told(client.patch("/api/profile/", {"full_name": "Rita Novak"}), 200)


def test_the_log_says_who_and_whence_and_never_what_was_typed(make_user: Any, anyone: Any) -> None:
    make_user("rita")
    secret = "Typed-into-the-wrong-field-1"
    anyone.post("/api/auth/login/", {"username": secret, "password": secret}, REMOTE_ADDR="192.0.2.9")
    anyone.post("/api/auth/login/", {"username": "rita", "password": secret}, HTTP_USER_AGENT="curl\x00/8")
    anyone.post("/api/auth/token/refresh/", {"refresh": secret})
    signed_in()
    rows = list(
        SecurityEvent.objects.order_by("pk").values_list("kind", "outcome", "user__username", "address")
    )
    assert rows == [
        ("sign_in", "refused", None, "192.0.2.9"),
        ("sign_in", "refused", "rita", "127.0.0.1"),
        ("refresh", "refused", None, "127.0.0.1"),
        ("sign_in", "ok", "rita", "127.0.0.1"),
    ]
    assert secret not in str(list(SecurityEvent.objects.values()))


def test_the_log_is_not_kept_for_ever(make_user: Any, anyone: Any) -> None:
    make_user("rita")
    signed_in()
    signed_in()
    old, young = SecurityEvent.objects.order_by("pk")
    SecurityEvent.objects.filter(pk=old.pk).update(at=young.at - KEPT)
    assert erase_old(young.at) == 0
    SecurityEvent.objects.filter(pk=old.pk).update(at=old.at - KEPT * 2)
    assert erase_old(young.at) == 1
    assert SecurityEvent.objects.get() == young


def test_tokens_that_have_expired_are_not_kept(make_user: Any, told: Any) -> None:
    make_user("rita")
    client, used = signed_in()
    signed_in()
    told(client.post("/api/auth/logout/", {"refresh": used["refresh"]}), 200)
    old, open_one = OutstandingToken.objects.order_by("pk")
    OutstandingToken.objects.filter(pk=old.pk).update(expires_at=old.expires_at - timedelta(days=1))
    erase_old(open_one.expires_at)
    assert OutstandingToken.objects.get() == open_one
    erase_old(open_one.expires_at + timedelta(seconds=1))
    assert not OutstandingToken.objects.exists()


def test_many_tokens_end_as_quickly_as_one(make_user: Any, django_assert_num_queries: Any) -> None:
    user = make_user("rita")
    for _ in range(5):
        new_tokens(user)
    with django_assert_num_queries(5):  # a savepoint and its release among them
        end_all_tokens(user)
    assert BlacklistedToken.objects.count() == 5


def test_the_pages_sign_in_is_noted_too(make_user: Any, client: Any) -> None:
    make_user("rita")
    client.post("/sign-in/", {"username": "rita", "password": "wrong"})
    client.post("/sign-in/", {"username": "rita", "password": PASSWORD})
    client.post("/sign-out/")
    rows = SecurityEvent.objects.order_by("pk").values_list("kind", "outcome", "user__username")
    assert list(rows) == [
        ("sign_in", "refused", "rita"),
        ("sign_in", "ok", "rita"),
        ("sign_out", "ok", "rita"),
    ]


def test_pages_let_nobody_guess_either(make_user: Any, client: Any) -> None:
    make_user("rita")
    for _ in range(5):
        client.post("/sign-in/", {"username": "rita", "password": "wrong"}, REMOTE_ADDR="192.0.2.50")
    right = {"username": "rita", "password": PASSWORD}
    for path in ("/sign-in/", "/admin/login/"):
        client.post(path, right, REMOTE_ADDR="192.0.2.50")
        assert "_auth_user_id" not in client.session
    assert SecurityEvent.objects.filter(detail="too many attempts", address="192.0.2.50").count() == 1
    client.post("/sign-in/", right, REMOTE_ADDR="192.0.2.51")
    assert "_auth_user_id" in client.session


@pytest.mark.django_db(transaction=True)
def test_a_token_that_is_refreshed_just_then_ends_too(make_user: Any, anyone: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    user, is_refreshed, may_commit = make_user("rita"), Event(), Event()
    former = new_tokens(user)["refresh"]

    def refresh() -> int:
        with closing(connection), transaction.atomic():
            answer = anyone.post("/api/auth/refresh/", {"refresh": former})
            is_refreshed.set()
            may_commit.wait(10)
            return int(answer.status_code)

    def end() -> None:
        with closing(connection):
            end_all_tokens(user)

    with ThreadPoolExecutor(2) as threads:
        refreshing = threads.submit(refresh)
        assert is_refreshed.wait(10)
        ending = threads.submit(end)
        while not ending.done() and not _somebody_waits_for_a_lock():
            time.sleep(0.01)
        may_commit.set()
        assert refreshing.result(10) == 200
        ending.result(10)
    assert OutstandingToken.objects.filter(user=user).count() == 2
    assert not OutstandingToken.objects.filter(blacklistedtoken__isnull=True).exists()


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        [(count,)] = cursor.fetchall()
    return bool(count)
