"""What the carrier posts: only signed, only once, answered at once."""

from typing import Any
from urllib.parse import urlencode

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace

from interviews.models import Task
from messaging.models import Message
from messaging.sms import tasks
from messaging.sms.quiet_hours import QuietHours

PATH = "/api/sms/webhook/"
URL = f"http://testserver{PATH}"
TOKEN = "a-token-of-twilio"
SID = "SM" + "0123456789abcdef" * 2
FORM = {
    "MessageSid": SID,
    "From": "+14155550123",
    "To": "+14155550100",
    "Body": "YES – ok",
    "NumMedia": "0",
    "FromCity": "",
    "ApiVersion": "2010-04-01",
}


@pytest.fixture(autouse=True)
def _with_token(settings: Any) -> None:
    settings.SMS = replace(settings.SMS, auth_token=TOKEN)


def post(client: Client, form: Any, signature: str | None, path: str = PATH, **more: Any) -> Any:
    headers = {} if signature is None else {"x-twilio-signature": signature}
    kind = "application/x-www-form-urlencoded"
    return client.post(path, urlencode(form), kind, headers=headers, **more)


@pytest.mark.django_db
def test_a_text_is_kept_once_and_answered_with_nothing(client: Client, sign: Any) -> None:
    for _ in range(2):
        answer = post(client, FORM, sign(URL, FORM))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert answer.content.decode().endswith("<Response/>")
    text = Message.objects.get()
    assert (text.direction, text.status, text.body, text.sender) == (
        "in",
        "received",
        "YES – ok",
        FORM["From"],
    )
    assert Task.objects.get().kind == "sms.receive"


@pytest.mark.django_db
def test_what_is_not_signed_is_refused(client: Client, sign: Any, told: Any, settings: Any) -> None:
    forged = {**FORM, "Body": "Hire me"}
    for signature in (None, "", "nonsense", "é", sign(URL, FORM, "another token"), sign(URL, forged)):
        assert told(post(client, FORM, signature), 403)["code"] == "bad_signature"
    assert told(post(client, FORM, sign("http://elsewhere.example/", FORM)), 403)
    settings.SMS = replace(settings.SMS, auth_token="")
    assert told(post(client, FORM, sign(URL, FORM, "")), 403)["code"] == "bad_signature"
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_the_address_is_the_one_that_twilio_knows(client: Client, sign: Any, settings: Any) -> None:
    with_port = sign(f"http://testserver:80{PATH}", FORM)
    assert post(client, FORM, with_port).status_code == 200
    query = f"{PATH}?from=twilio"
    assert post(client, FORM, sign(f"http://testserver{query}", FORM), query).status_code == 200
    secure = sign(URL.replace("http:", "https:"), FORM)
    assert post(client, FORM, secure).status_code == 403
    assert post(client, FORM, secure, secure=True).status_code == 200  # as server.proxies makes it
    settings.SMS = replace(settings.SMS, webhook_url="https://viva.example/sms")
    assert post(client, FORM, sign(URL, FORM)).status_code == 403
    assert post(client, FORM, sign("https://viva.example/sms", FORM)).status_code == 200


@pytest.mark.django_db
def test_reports_move_the_text_that_they_are_about(client: Client, sign: Any) -> None:
    Message.objects.create(
        channel="sms", key="1", kind="reply", to="+14155550123", status="sent", provider_id=SID
    )
    report = {"MessageSid": SID, "MessageStatus": "delivered", "To": "+14155550123"}
    assert post(client, report, sign(URL, report)).status_code == 200
    assert Message.objects.get().status == "delivered"


@pytest.mark.django_db
def test_odd_forms(client: Client, sign: Any, told: Any) -> None:
    def signed(form: dict[str, str]) -> Any:
        return post(client, form, sign(URL, form))

    assert told(signed({"From": "+14155550123"}), 400)["fields"] == {
        "MessageSid": ["This field is required."]
    }
    assert told(signed({**FORM, "MessageSid": "../../etc"}), 400)["fields"].keys() == {"MessageSid"}
    assert signed({**FORM, "From": "AMAZON"}).status_code == 200
    assert signed({**FORM, "From": "262966"}).status_code == 200
    assert not Message.objects.exists()
    assert signed({**FORM, "Body": "a\0b 😀"}).status_code == 200
    assert Message.objects.get().body == "ab 😀"
    assert signed({**FORM, "MessageSid": "MM" + "1" * 32, "Body": "", "NumMedia": "1"}).status_code == 200
    form = "application/x-www-form-urlencoded"
    assert told(client.post(PATH, b"Body=" + b"x" * 70_000, form), 413)["code"] == "too_large"
    for charset in ("hex", "zlib", "idna", "utf-16", "undefined", "nonsense"):
        odd = client.generic("POST", PATH, urlencode(FORM).encode(), f"{form}; charset={charset}")
        assert told(odd, 403)["code"] == "bad_signature"
    assert told(client.post(PATH, b"\xff=%ff&%00=\x00", form), 403)["code"] == "bad_signature"
    assert told(client.post(PATH, b"&".join([b"a=1"] * 2_000), form), 400)["code"]
    assert told(client.post(PATH, b"{}", "application/json"), 415)["code"] == "unsupported_media_type"
    assert told(client.get(PATH), 405)["code"] == "method_not_allowed"


@pytest.mark.django_db(transaction=True)
async def test_the_background_takes_it_up(
    phone: Any, settings: Any, client: Client, sign: Any, capsys: Any
) -> None:
    """By the handlers, as the worker calls them in its event loop."""
    settings.SMS = replace(settings.SMS, quiet=QuietHours(0, 0))
    phone.now = timezone.now()
    await sync_to_async(phone.begin)()
    await tasks.SENDING({"number": phone.number})
    assert capsys.readouterr().out.startswith("text to …23: (1/2) Hi Ada")
    answer = await sync_to_async(post)(client, FORM, sign(URL, FORM))
    assert answer.status_code == 200
    for kind in ("sms.receive", "sms.turn"):
        task = await Task.objects.aget(kind=kind)
        await tasks.HANDLERS[kind](task.payload)
    await tasks.SENDING({"number": phone.number})
    assert "Hello, and welcome" in capsys.readouterr().out
    await sync_to_async(phone.session.refresh_from_db)()
    assert phone.session.status == "in_progress"
    await sync_to_async(connections.close_all)()
