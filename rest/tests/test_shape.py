"""Addresses with and without slash and version, the one error shape, the schema and its pages."""

import json
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v1", "/api/v1/"])
def test_the_root_tells_where_to_begin(anyone: Any, told: Any, address: str) -> None:
    assert told(anyone.get(address), 200)["name"] == "Viva"


def test_every_method_with_and_without_slash(anyone: Any, told: Any) -> None:
    made = told(anyone.post("/api/v1/sessions", {"num_questions": 1}), 201)
    anyone.credentials(HTTP_X_INTERVIEW_TOKEN=made["public_token"])
    path = f"/api/sessions/{made['id']}"
    told(anyone.get(path), 200)
    told(anyone.patch(path, {"title": "A"}), 200)
    told(anyone.put(path, {"title": "B"}), 200)
    assert anyone.delete(path).status_code == 204


@pytest.mark.parametrize("address", ["/api/nothing", "/api/v1/nothing/at/all/", "/api/sessions/1/2/3"])
def test_no_such_address(anyone: Any, told: Any, address: str) -> None:
    assert told(anyone.get(address), 404)["code"] == "not_found"
    told(anyone.post(address, {}), 404)


def test_no_such_method(anyone: Any, told: Any) -> None:
    assert told(anyone.delete("/api/info/"), 405)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"title": NaN}',
        b'{"a":' * 3000 + b"1" + b"}" * 3000,
        b'{"num_questions": ' + b"9" * 5000 + b"}",
    ],
)
def test_bodies_that_are_no_json_object(anyone: Any, told: Any, body: bytes) -> None:
    error = told(anyone.post("/api/sessions/", body, content_type="application/json"), 400)
    assert error["code"] in {"parse_error", "invalid"}


def test_a_body_without_end(anyone: Any, told: Any) -> None:
    body = json.dumps({"title": "x" * 1_100_000})
    told(anyone.generic("POST", "/api/sessions/", body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    ("address", "sent", "wanted"),
    [
        ("/api/me/session/requests/", "application/xml", "application/json"),
        ("/api/auth/login/", "application/x-www-form-urlencoded", "application/json"),
        ("/api/conversations/voice_to_text/", "application/json", "multipart/form-data"),
    ],
)
def test_another_media_type(anyone: Any, told: Any, address: str, sent: str, wanted: str) -> None:
    made = told(anyone.post("/api/sessions/", {}), 201)
    anyone.credentials(HTTP_X_INTERVIEW_TOKEN=made["public_token"])
    error = told(anyone.generic("POST", address, "a=b", content_type=sent), 415)
    assert error["message"].endswith(f"Send {wanted}.")


@pytest.mark.parametrize(
    ("header", "code", "advice"),
    [
        ("Bearer nonsense", "token_not_valid", "sign in again"),
        ("Bearer", "bad_authorization_header", "Authorization: Bearer <access token>"),
    ],
)
def test_a_token_that_is_none(anyone: Any, told: Any, header: str, code: str, advice: str) -> None:
    error = told(anyone.get("/api/auth/me/", HTTP_AUTHORIZATION=header), 401)
    assert error["code"] == code
    assert advice in error["message"]


def test_what_breaks_inside_is_told_without_a_word_of_it(anyone: Any, told: Any, monkeypatch: Any) -> None:
    from interviews.api.views.root import Info  # noqa: PLC0415

    def broken(*_: Any) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(Info, "get", broken)
    error = told(anyone.get("/api/info/"), 500)
    assert error["code"] == "server_error"
    assert "secret" not in str(error)


def test_pages_outside_keep_their_own_errors() -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "json" not in answer["Content-Type"]


def test_the_schema_is_whole() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert all(path.startswith("/api/") and path.endswith("/") for path in schema["paths"])
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)
            assert operation.get("summary"), (method, path)


@pytest.mark.parametrize("address", ["/api/docs/", "/api/redoc/"])
def test_the_pages_about_it_open(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
    assert b"https://" not in answer.content


def test_the_browsable_interface_opens() -> None:
    answer = Client().get("/api/info/", HTTP_ACCEPT="text/html")
    assert answer.status_code == 200
    assert "text/html" in answer["Content-Type"]
