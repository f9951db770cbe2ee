"""Plays a dialogue against the rules, with any interviewer finding the words."""

from contextlib import aclosing, suppress

from msgspec import Struct

from interviews.coverage import cover
from interviews.dialogues.loading import Dialogue, Said
from interviews.intents import detect_intent
from interviews.interviewer.brief import ReplyBrief, Side, build_brief
from interviews.interviewer.ports import CoverageJudge, Interviewer, InterviewerError
from interviews.moves import Move, Progress, TurnFacts, after, next_move, opening_move, with_coverage
from interviews.plan import Plan
from interviews.progress import with_points


class PlayedTurn(Struct, frozen=True):
    """What was said, the move it brought, and the interviewer's words for it."""

    said: Said
    move: Move
    brief: ReplyBrief
    reply: str

    @property
    def is_expected(self) -> bool:
        return written(self.move) in {self.said.expect, self.said.or_expect}


def written(move: Move) -> str:
    """A move as the dialogues write it: "follow_up 3", "offer skip", "help struggle"."""
    is_probe = move.kind == "follow_up" and move.point_index is not None
    detail = move.offer or (str((move.point_index or 0) + 1) if is_probe else "") or move.reason
    return f"{move.kind} {detail}".strip()


async def play(
    dialogue: Dialogue, interviewer: Interviewer, judge: CoverageJudge | None = None
) -> tuple[PlayedTurn, ...]:
    """Hold the dialogue. Raises InterviewerError when the interviewer can't word a reply."""
    table = _Table(dialogue.plan, interviewer, judge)
    await table.greet()
    return tuple([await table.answer(said) for said in dialogue.turns])


class _Table:
    def __init__(self, plan: Plan, interviewer: Interviewer, judge: CoverageJudge | None) -> None:
        self._plan = plan
        self._interviewer = interviewer
        self._judge = judge
        self._index = 0
        self._progress = Progress()
        self._answer = ""
        self._history: list[tuple[Side, str]] = []

    async def greet(self) -> None:
        await self._reply(opening_move(self._plan), "")

    async def answer(self, said: Said) -> PlayedTurn:
        self._history.append(("candidate", said.say))
        if detect_intent(said.say) == "answer" and self._progress.phase == "question":
            await self._listen(said.say)
        facts = TurnFacts(said.say, is_poorly_recognised=said.is_poor)
        move = next_move(self._plan, self._index, self._progress, facts)
        brief, reply = await self._reply(move, said.say)
        return PlayedTurn(said, move, brief, reply)

    async def _listen(self, text: str) -> None:
        question = self._plan.questions[self._index]
        self._answer = f"{self._answer} {text}".strip()
        self._progress = with_coverage(self._progress, cover(question, self._answer))
        if self._judge is not None:
            with suppress(InterviewerError):  # as in an interview: then the words alone decide
                points = await self._judge.judge(question, self._answer)
                self._progress = with_points(self._progress, points)

    async def _reply(self, move: Move, text: str) -> tuple[ReplyBrief, str]:
        brief = build_brief(
            self._plan,
            move,
            current_index=self._index,
            last_covered=self._progress.last_covered,
            history=tuple(self._history),
            candidate_text=text,
        )
        async with aclosing(self._interviewer.compose(brief)) as deltas:
            reply = "".join([delta async for delta in deltas])
        self._history.append(("interviewer", reply))
        self._progress = after(self._progress, move)
        if move.question_index is not None and move.question_index != self._index:
            self._index, self._answer = move.question_index, ""
        return brief, reply
