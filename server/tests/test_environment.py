"""Settings from the environment: good values, and the sentence for each bad one."""

from ipaddress import ip_address
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment


def test_the_process_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("PORT=1\nVIVA_ONLY_HERE=file\n")
    monkeypatch.setenv("PORT", "2")
    env = Environment.load(dotenv)
    assert (env.text("PORT"), env.text("VIVA_ONLY_HERE")) == ("2", "file")


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    assert Environment.load(tmp_path / "none").text("VIVA_NOWHERE", "default") == "default"


@pytest.mark.parametrize(
    ("raw", "flag"), [("true", True), ("YES", True), ("1", True), ("off", False), ("0", False), (" ", True)]
)
def test_flags(raw: str, flag: bool) -> None:
    assert Environment({"F": raw}).flag("F", default=True) is flag


def test_a_bad_flag_is_one_sentence() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is 'maybe'; write true or false"):
        Environment({"DEBUG": "maybe"}).flag("DEBUG", default=False)


@pytest.mark.parametrize("raw", ["ten", "70000", "-1", "1.5"])
def test_a_bad_whole_number_names_its_setting(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PORT is "):
        Environment({"PORT": raw}).whole("PORT", 8000, least=1, most=65535)


@pytest.mark.parametrize("raw", ["nan", "hot", "3", "inf"])
def test_a_bad_number_names_its_setting(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^HEAT is "):
        Environment({"HEAT": raw}).number("HEAT", 1.0, least=0, most=2)


def test_a_number_within_its_bounds() -> None:
    assert Environment({"HEAT": "0.5"}).number("HEAT", 1.0, least=0, most=2) == 0.5


def test_a_bad_choice_lists_the_good_ones() -> None:
    with pytest.raises(ImproperlyConfigured, match="choose one of browser, openai"):
        Environment({"VOICE": "choir"}).choice("VOICE", "browser", ("openai", "browser"))


@pytest.mark.parametrize("raw", ["mysql://x/y", "postgres", "postgres://h:port/db", "postgres://[h/db"])
def test_a_bad_address_never_shows_its_password(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL does not look like an address"):
        Environment({"DATABASE_URL": raw}).address("DATABASE_URL", schemes=("postgres",))


@pytest.mark.parametrize("raw", ["viva.example", "ftp://a", "https://a/path", "https://", "https://a:b"])
def test_a_bad_origin_is_named(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_ORIGINS holds"):
        Environment({"ALLOWED_ORIGINS": raw}).origins("ALLOWED_ORIGINS")


def test_origins() -> None:
    env = Environment({"ALLOWED_ORIGINS": "https://a.example, http://localhost:3000"})
    assert env.origins("ALLOWED_ORIGINS") == ["https://a.example", "http://localhost:3000"]


def test_networks() -> None:
    network, single = Environment({"P": "10.0.0.0/8, ::1"}).networks("P")
    assert ip_address("10.1.2.3") in network
    assert ip_address("::1") in single


@pytest.mark.parametrize("raw", ["proxy", "10.0.0.1/8", "300.0.0.1"])
def test_a_bad_network_is_explained(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write addresses or networks"):
        Environment({"P": raw}).networks("P")
