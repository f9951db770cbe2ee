"""Servers that answer strangely, late, half or never: each is a clear error without the server's words."""

import asyncio
import json
import time

import pytest
from msgspec import Struct

from interviews.language_model import LanguageModelError, Spent
from interviews.language_model.backends.openai import OpenAILanguageModel, connect
from interviews.language_model.tests.conftest import PROMPT, options_for
from interviews.language_model.tests.dialects import VLLM
from interviews.language_model.tests.server import (
    Asked,
    Breaks,
    Fails,
    Hangs,
    ModelServer,
    Reply,
    Says,
    Sends,
)  # fmt: skip


class Card(Struct, frozen=True):
    colour: str
    number: int


RED = {"colour": "red", "number": 7}


async def said(model: OpenAILanguageModel, bill: list[Spent]) -> list[str]:
    return [delta async for delta in model.stream(PROMPT, purpose="reply", spend=bill.append)]


async def collect(model: OpenAILanguageModel, bill: list[Spent], into: list[str]) -> None:
    async for delta in model.stream(PROMPT, purpose="reply", spend=bill.append):
        into.append(delta)  # noqa: PERF401 (what came before an error is wanted)


async def filled(model: OpenAILanguageModel, bill: list[Spent]) -> Card:
    return await model.fill(PROMPT, Card, purpose="evaluation", spend=bill.append)


def event(data: object) -> bytes:
    return f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode()


def chunk(text: str | None, finish: str | None = None) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}


def stream(*events: object) -> Sends:
    return Sends(b"".join(event(one) for one in events), "text/event-stream")


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Sends(b""), "no answer"),
        (Sends(b"<html>secret</html>", "text/html"), "no answer"),
        (Sends(b"<html>secret</html>"), "no answer"),
        (Sends(b'{"choices": '), "no answer"),
        (Sends(b"[]"), "no answer"),
        (Sends(b"null"), "no answer"),
        (Sends(b'"secret"'), "no answer"),
        (Sends(b"\xff\xfe\x00"), "no answer"),
        (Sends(b'{"choices": [{"message": "secret"}]}'), "no answer"),
        (Sends(b'{"choices": {"secret": 1}}'), "no answer"),
        (Sends(b'{"error": {"message": "secret", "code": 500}}'), "no answer"),
        (Says("", has_choices=False), "no words"),
        (Says(""), "no words"),
        (Says("  \n "), "no words"),
        (Says("", refusal="secret"), "refused"),
        (Says("Half of", finish="length"), "cut off at"),
        (Says("Half of", finish="content_filter"), "held its answer back"),
        (Says("<think>This never ends, secret"), "no words"),
        (Fails(302, headers={"Location": "/elsewhere"}), "302"),
    ],
    ids=str,
)
async def test_what_is_no_answer_is_an_error(
    reply: Reply, message: str, model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    for ask in (said, filled):
        server.will(*[reply] * 9)
        with pytest.raises(LanguageModelError, match=message) as raised:
            await ask(model, bill)
        assert "secret" not in repr(raised.value)
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__
        server._queue.clear()
    assert len(server.requests) == len(bill)
    assert all(spent.has_failed for spent in bill)


@pytest.mark.parametrize(
    ("reply", "message", "before"),
    [
        (stream(chunk("Hello "), "{secret"), "no answer", "Hello "),
        (stream(chunk("Hello "), ["secret"]), "no answer", "Hello "),
        (stream(chunk("Hello "), {"error": {"message": "secret"}}), "in mid-answer", "Hello "),
        (stream(chunk("Hello "), "[DONE]"), "fell silent", "Hello "),
        (stream(chunk("Hello "), chunk("", "length"), "[DONE]"), "cut off", "Hello "),
        (stream(chunk("Hello "), chunk("", "content_filter"), "[DONE]"), "held its answer", "Hello "),
        (Breaks("Hello "), "can't be reached", "Hello "),
        (Breaks("Hello ", is_clean=True), "fell silent", "Hello "),
    ],
    ids=str,
)  # fmt: skip
async def test_half_a_stream_is_said_and_then_an_error(
    reply: Reply,
    message: str,
    before: str,
    model: OpenAILanguageModel,
    server: ModelServer,
    bill: list[Spent],
) -> None:
    server.will(reply)
    deltas: list[str] = []
    with pytest.raises(LanguageModelError, match=message) as raised:
        await collect(model, bill, deltas)
    assert "".join(deltas) == before
    assert "secret" not in repr(raised.value)
    assert len(server.requests) == 1  # what was said is not said again
    assert bill[0].has_failed
    assert bill[0].is_estimate
    assert bill[0].output_tokens == 2


async def test_a_server_that_says_nothing_is_given_up(
    hasty: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will("Hello.")
    await said(hasty, [])
    server.requests.clear()
    for ask in (said, filled):
        server.will(Hangs())
        server.was_left.clear()
        with pytest.raises(LanguageModelError, match="took too long") as raised:
            await ask(hasty, bill)
        assert not raised.value.permanent
        assert await asyncio.to_thread(server.was_left.wait, 5)
    assert len(server.requests) == 2
    assert [spent.has_failed for spent in bill] == [True, True]


async def test_a_server_that_falls_silent_is_given_up(server: ModelServer, bill: list[Spent]) -> None:
    model = connect(options_for(server, between_deltas_s=0.3))
    server.will(Hangs("Hello "))
    deltas: list[str] = []
    with pytest.raises(LanguageModelError, match="took too long"):
        await collect(model, bill, deltas)
    assert "".join(deltas) == "Hello "
    assert len(server.requests) == len(bill) == 1
    await model.aclose()


async def test_strange_chunks_that_mean_nothing_are_skipped(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    parts = [{"type": "thinking", "thinking": "secret"}, {"type": "text", "text": "there."}]
    listed = {"choices": [{"index": 0, "delta": {"content": parts}, "finish_reason": "stop"}]}
    server.will(
        stream({"choices": []}, {"choices": [{"index": 0}]}, chunk(None), chunk("Hello "), listed, "[DONE]")
    )
    assert "".join(await said(model, bill)) == "Hello there."


async def test_a_failure_before_the_first_word_is_tried_again(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Fails(503), Breaks(), "Hello.")
    assert "".join(await said(model, bill)) == "Hello."
    assert [spent.has_failed for spent in bill] == [True, True, False]


async def test_a_server_that_wants_time_gets_it_within_bounds(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Fails(429, headers={"Retry-After": "0.05"}), "Hello.")
    before = time.monotonic()
    await said(model, bill)
    assert time.monotonic() - before >= 0.05
    server.will(Fails(429, headers={"Retry-After": "3600"}), "Never asked for.")
    with pytest.raises(LanguageModelError, match="429"):
        await said(model, bill)
    server._queue.clear()
    server.will(Fails(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), "Hello.")
    assert await said(model, bill)


async def test_money_that_is_spent_does_not_come_back_by_asking(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Fails(429, "You exceeded your current quota", code="insufficient_quota"))
    with pytest.raises(LanguageModelError) as raised:
        await said(model, bill)
    assert raised.value.permanent
    assert len(server.requests) == 1


async def test_a_prompt_that_is_too_long_is_said_so_at_once(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    told = (
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9999 tokens."
    )
    server.will(Fails(400, told, code="context_length_exceeded"))
    with pytest.raises(LanguageModelError, match="longer than") as raised:
        await filled(model, bill)
    assert raised.value.permanent
    assert len(server.requests) == 1


async def test_a_server_that_refuses_whatever_is_asked_is_given_up(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.brain = lambda asked: Fails(400, "no")
    for ask in (said, filled):
        server.requests.clear()
        with pytest.raises(LanguageModelError, match="400") as raised:
            await ask(model, bill)
        assert raised.value.permanent
        assert len(server.requests) <= 7
    assert model.lacks == ()  # nothing is learned from a server that never answers
    server.brain = lambda asked: "Hello."
    await said(model, bill)
    assert server.requests[-1].body["stream"] is True


async def test_thoughts_reach_nobody(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    thoughts = "<think>The colour? secret </think>\n\n"
    server.will(Says(thoughts + "Hello there.", pieces=20), Says(thoughts + json.dumps(RED)))
    assert "".join(await said(model, bill)) == "Hello there."
    assert await filled(model, bill) == Card("red", 7)


async def test_a_model_that_only_thinks_gets_more_room(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Says("", finish="length", thoughts="Hm."), "Hello.")
    assert "".join(await said(model, bill)) == "Hello."
    limits = [asked.body["max_tokens"] for asked in server.requests]
    assert limits == [800, 3200]
    await said(model, bill)
    assert server.requests[-1].body["max_tokens"] == 3200


@pytest.mark.parametrize(
    "answer",
    [
        f"```json\n{json.dumps(RED)}\n```",
        f"Here it is:\n\n```\n{json.dumps(RED, indent=1)}\n```\nI hope that helps.",
        f"Sure! {json.dumps(RED)} Anything else?",
        '{"colour": "red", "number": "7", "mood": "fine"}',
    ],
)
async def test_a_form_is_found_in_what_surrounds_it(
    answer: str, model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(answer)
    assert await filled(model, bill) == Card("red", 7)


async def test_a_server_that_ignores_schemas_is_shown_what_does_not_fit(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will("It is red.", '{"colour": "red"}', json.dumps(RED), json.dumps(RED))
    assert await filled(model, bill) == Card("red", 7)
    kinds = [asked.body.get("response_format", {}).get("type") for asked in server.requests]
    assert kinds == ["json_schema", "json_object", None]
    assert "must fit this JSON schema" in server.requests[1].system
    repair = server.requests[2].body["messages"]
    assert repair[-2] == {"role": "assistant", "content": '{"colour": "red"}'}
    assert "missing required field `number`" in repair[-1]["content"]
    await filled(model, bill)
    assert "response_format" not in server.requests[3].body  # found once, remembered


async def test_a_server_once_seen_to_keep_schemas_is_only_asked_again(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(json.dumps(RED), "Oh.", json.dumps(RED))
    for _ in range(2):
        await filled(model, bill)
    kinds = [asked.body["response_format"]["type"] for asked in server.requests]
    assert kinds == ["json_schema"] * 3


async def test_a_form_that_never_fits_is_given_up(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.brain = lambda asked: "secret"
    with pytest.raises(LanguageModelError, match="did not fill in the form") as raised:
        await filled(model, bill)
    assert not raised.value.permanent
    assert len(server.requests) == 3
    assert model.lacks == ()


async def test_a_whole_answer_in_spite_of_a_wish_for_a_stream_is_one_delta(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    whole = Sends(
        json.dumps({"choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}]}).encode()
    )
    server.will(whole, whole, whole)
    assert await said(model, bill) == ["Hello."]
    assert await said(model, bill) == ["Hello."]
    assert ["stream" in asked.body for asked in server.requests] == [True, False, False]
    assert bill[-1].is_estimate


async def test_what_is_given_up_is_freed_and_counted_as_an_estimate(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Hangs("Hello there."))
    deltas = model.stream(PROMPT, purpose="reply", spend=bill.append)
    await anext(deltas)
    await deltas.aclose()
    assert await asyncio.to_thread(server.was_left.wait, 5)
    (spent,) = bill
    assert (spent.has_failed, spent.is_estimate) == (False, True)
    assert spent.input_tokens > 0


async def test_what_was_learned_is_kept_though_the_listener_left_early(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.dialect = VLLM
    for _ in range(2):
        deltas = model.stream(PROMPT, purpose="reply", spend=bill.append)
        await anext(deltas)
        await deltas.aclose()
    assert [spent.has_failed for spent in bill] == [True, False, False]


async def test_a_cancelled_question_frees_its_connection(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Hangs())
    asking = asyncio.create_task(filled(model, bill))
    assert await asyncio.to_thread(server.was_asked.wait, 5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await asyncio.to_thread(server.was_left.wait, 5)
    assert len(bill) == 1


async def test_a_stream_that_never_ends_is_ended(server: ModelServer, bill: list[Spent]) -> None:
    def drone(asked: Asked) -> Reply:
        return Says("and so on " * 30_000, pieces=200)

    server.brain = drone
    model = connect(options_for(server))
    with pytest.raises(LanguageModelError, match="did not come to an end"):
        await said(model, bill)
    await model.aclose()


async def test_many_questions_at_once_are_learned_from_once_each(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.brain = lambda asked: "Hello." if asked.schema is None else RED
    answers = await asyncio.gather(
        *[said(model, bill) for _ in range(8)], *[filled(model, bill) for _ in range(8)]
    )
    assert len(answers) == len(bill) == 16
