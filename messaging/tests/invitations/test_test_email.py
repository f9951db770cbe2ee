"""Trying out e-mail: over a real SMTP conversation on this machine."""

from email import message_from_bytes
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment
from server.mail_settings import CONSOLE, SMTP, mail_settings


def test_it_reaches_ones_own_address_over_smtp(recruiter, told, mail_server, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "viva", "s3cret-of-smtp"
    body = told(recruiter.post("/api/profile/test-email/"), 200)
    assert body["to"] == "rita@acme.example"
    assert body["backend"] == "smtp"
    [(receiver, letter)] = mail_server.got
    assert receiver == "rita@acme.example"
    assert message_from_bytes(letter)["Subject"] == "A test of e-mail from Viva"


@pytest.mark.parametrize(
    ("command", "answer", "why"),
    [
        ("AUTH", b"535 no s3cret-of-smtp here", "The mail server did not accept the name or the password."),
        ("RCPT", b"550 nobody", "The mail server did not accept the receiver's address."),
        ("DATA", b"554 no", "The mail server did not take the message."),
    ],
)
def test_it_says_why_it_was_not_taken(recruiter, told, mail_server, settings, command, answer, why) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "viva", "s3cret-of-smtp"
    mail_server.refuses = {command: answer}
    error = told(recruiter.post("/api/profile/test-email/"), 503)
    assert (error["code"], error["message"]) == ("mail_failed", why)


def test_only_accounts_try_it_and_not_often(recruiter, hiring, anyone, told) -> None:
    told(anyone.post("/api/profile/test-email/"), 401)
    told(hiring.candidate.post("/api/profile/test-email/"), 403)
    for _ in range(5):
        told(recruiter.post("/api/profile/test-email/"), 200)
    told(recruiter.post("/api/profile/test-email/"), 429)


def test_without_a_server_it_is_shown_in_the_terminal(recruiter, told, settings: Any, capsys) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    assert told(recruiter.post("/api/profile/test-email/"), 200)["backend"] == "console"
    assert "To: rita@acme.example" in capsys.readouterr().out


def test_settings_of_mail_are_read_and_checked() -> None:
    read = mail_settings(Environment({"EMAIL_HOST": "mx", "EMAIL_USE_SSL": "true"}), 8000)
    assert (read.backend, read.use_ssl, read.use_tls, read.port) == (SMTP, True, False, 587)
    plain = mail_settings(Environment({"PUBLIC_URL": "https://viva.example/"}), 8000)
    assert (plain.backend, plain.public_url) == (CONSOLE, "https://viva.example")
    for wrong in (
        {"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"},
        {"EMAIL_HOST_USER": "viva"},
        {"DEFAULT_FROM_EMAIL": "nobody"},
        {"PUBLIC_URL": "viva.example"},
        {"EMAIL_PORT": "70000"},
    ):
        with pytest.raises(ImproperlyConfigured):
            mail_settings(Environment(wrong), 8000)
