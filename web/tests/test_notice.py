"""The notice says by which means an interview is really held."""

from interviews.mind.settings import MindSettings
from messaging.links import notice_link
from speech.settings import SpeechSettings
from web.notice import hearing_here, notice_for


def test_the_organisations_own_retention_counts(make_interview, settings) -> None:
    session, _ = make_interview()
    assert notice_for(session).retention_days == 30
    session.organisation = None
    settings.RETENTION_DAYS = 7
    assert notice_for(session).retention_days == 7


def test_a_foreign_recogniser_is_named(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.SPEECH_ENGINE = "openai"
    settings.SPEECH = SpeechSettings(openai_base_url="https://speech.example/v1")
    assert "sent to speech.example" in notice_for(session).hearing


def test_a_voice_from_elsewhere_is_named(make_interview, settings) -> None:
    session, _ = make_interview()
    assert "own browser" in notice_for(session).speaking
    settings.VOICE = "openai"
    settings.SPEECH = SpeechSettings(voice="openai", voice_base_url="https://voice.example/v1")
    assert "artificial. It is made at voice.example" in notice_for(session).speaking
    settings.SPEECH = SpeechSettings(voice="openai", openai_api_key="sk-test")
    assert "at api.openai.com" in notice_for(session).speaking


def test_an_own_recogniser_sends_nothing_anywhere(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.SPEECH_ENGINE = "faster_whisper"
    assert "no other company" in notice_for(session).hearing


def test_the_recogniser_that_listens_is_named_and_a_simple_one_is_called_so() -> None:
    assert "(faster_whisper:base)" in hearing_here({"state": "ready", "label": "faster_whisper:base"})
    simple = hearing_here({"state": "ready", "label": "pocketsphinx", "banner": "No Whisper model."})
    assert "(pocketsphinx)" in simple
    assert "mishears" in simple


def test_where_nothing_can_be_heard_typing_is_offered() -> None:
    assert "type your answers" in hearing_here({"state": "failed"})


def test_a_language_model_is_named_with_its_place(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.MIND = MindSettings(openai_model="llama3.1", openai_base_url="http://gpu-box.example:8000/v1")
    asking = notice_for(session).asking
    assert "llama3.1 at gpu-box.example" in asking
    assert "reads the text of your answers" in asking
    settings.MIND = MindSettings(openai_api_key="sk-test")
    assert "gpt-4.1-mini at api.openai.com" in notice_for(session).asking


def test_an_engine_is_named_and_without_one_nobody_is(make_interview, settings) -> None:
    session, _ = make_interview()
    settings.MIND = MindSettings(choice="external", engine_url="http://engine.example:9000")
    assert "An engine at engine.example" in notice_for(session).asking
    settings.MIND = MindSettings()
    assert "No language model takes part" in notice_for(session).asking


def test_who_is_interviewed_by_text_reads_it_on_a_page_that_opens_nothing_else(
    make_interview, client
) -> None:
    session, _ = make_interview(plan={"role": "Nurse", "policy": {"notice": "Ring <b>twice</b>."}})
    path = notice_link(session).removeprefix("http://localhost:8000")
    page = client.get(path)
    told = page.content.decode()
    assert "Ring &lt;b&gt;twice&lt;/b&gt;." in told
    assert "dana@acme.example" in told
    assert session.candidate_name not in told
    assert not page.cookies
    assert client.get(path.replace(path[-10:-1], "000000000")).status_code == 404
    session.delete()
    assert client.get(path).status_code == 404


def test_what_the_plan_tells_candidates_stands_in_the_room_and_has_a_version_of_its_own(
    make_interview, client
) -> None:
    policy = {"notice": "Parking is behind the <b>house</b>.\nRing twice."}
    session, token = make_interview(plan={"role": "Nurse", "policy": policy})
    plain, _ = make_interview(plan={"role": "Nurse"})
    assert notice_for(session).version.startswith(f"{notice_for(plain).version}+")
    assert len(notice_for(session).version) <= 40  # what the REST interface takes
    page = client.get(f"/i/{token}/", follow=True).content.decode()
    assert "Parking is behind the &lt;b&gt;house&lt;/b&gt;.<br>Ring twice." in page
    assert notice_for(session).version in page
