"""The candidate's socket, over real TCP."""

from typing import Any

from interviews.live import inputs as happened


async def test_hello_is_answered_by_the_snapshot(enter: Any, server: Any, session: Any) -> None:
    await enter(last_seq=7, audio_from=100, audio_to=200)
    assert server.sessions.latest.asked == {
        "session_id": session.pk,
        "last_seq": 7,
        "audio_from": 100,
        "audio_to": 200,
    }


async def test_messages_reach_the_session_in_order(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    await client.send(type="candidate.ready")
    await client.send(type="answer.text", text="I cache it.", more="ignored")
    await until(lambda: len(server.sessions.latest.inputs) == 2)
    ready, answer = server.sessions.latest.inputs
    assert isinstance(ready, happened.CandidateReadied)
    assert isinstance(answer, happened.AnswerTyped)
    assert answer.text == "I cache it."
