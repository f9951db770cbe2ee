"""The background work that needs a mind, by kind; every process that works brings its own."""

from typing import Any

from interviews.background.kinds import Handler
from interviews.judging import judge_answer, judge_session
from interviews.mind.ports import Mind
from interviews.rejudging import carry_out


def judging_handlers(mind: Mind) -> dict[str, Handler]:
    """What judges with `mind`."""

    async def answer(payload: dict[str, Any]) -> None:
        await judge_answer(payload["session"], payload["number"], mind)

    async def session(payload: dict[str, Any]) -> None:
        await judge_session(payload["session"], mind)

    async def again(payload: dict[str, Any]) -> None:
        await carry_out(payload, mind)

    return {"judge.answer": answer, "judge.session": session, "judge.again": again}
