"""The notice says by which means an interview is really held."""

from web.notice import notice_for


def test_the_organisations_own_retention_counts(make_interview, settings) -> None:
    session, _ = make_interview()
    assert notice_for(session).retention_days == 30
    session.organisation = None
    settings.RETENTION_DAYS = 7
    assert notice_for(session).retention_days == 7


def test_a_foreign_recogniser_is_named(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.SPEECH_ENGINE, settings.OPENAI_BASE_URL = "openai", "https://speech.example/v1"
    assert "sent to speech.example" in notice_for(session).hearing


def test_an_own_recogniser_sends_nothing_anywhere(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.SPEECH_ENGINE = "faster_whisper"
    assert "no other company" in notice_for(session).hearing
