"""Who has the floor: the steps between turn and reply that all rules share."""

from statistics import fmean

from msgspec.structs import replace

from interviews.coverage import cover
from interviews.interviewer.brief import build_brief
from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.constants import reading_ms
from interviews.live.draft import Draft
from interviews.live.signals import PlaybackStop
from interviews.live.state import ASKING, ReplyState, Takeover
from interviews.live.vocabulary import EndReason, State, TurnEndReason
from interviews.moves import next_move
from interviews.progress import Move, TurnFacts

TIMERS = ("silence", "playback", "barge_in", "empty_turn")
NOTHING_PRESSED = TurnFacts()
CLOSING = frozenset({"closing_invite", "closing", "answer_candidate"})
FINAL = frozenset({"closing", "offer_accepted"})  # said again where a person cut it short: something follows


def enter(draft: Draft, state: State, reason: str = "") -> None:
    if draft.state.state != state:
        draft.log(ev.StateChanged(state=state, reason=reason))


def give_floor(draft: Draft, *, is_speaking: bool = False) -> None:
    """A new turn of the candidate begins."""
    turn_id = draft.state.turn.turn_id + 1
    draft.log(ev.TurnStarted(turn_id=turn_id, question=draft.state.flow.question_index + 1))
    enter(draft, "candidate_speaking" if is_speaking else "listening")
    draft.do(ef.OpenTurn(turn_id), ef.NoteEnough(_is_enough_anyway(draft)))
    if not is_speaking:
        await_speech(draft)


def await_speech(draft: Draft) -> None:
    """Start the wait after which a silence is met with a kind word."""
    constants = draft.state.constants
    is_first = draft.state.flow.progress.silences == 0
    after_ms = constants.nudge_after_ms if is_first else constants.rephrase_after_ms
    if draft.state.turn.is_held:  # a line that came back, or a cough, does not end the moment asked for
        after_ms = constants.hold_ms
    draft.do(ef.StartTimer("silence", after_ms, draft.state.turn.turn_id))


def _is_enough_anyway(draft: Draft) -> bool:
    # Whoever is asked "any questions?" and says "no, thank you" should not wait for the long pause.
    return draft.state.flow.progress.phase == "candidate_questions"


def plan_reply(draft: Draft, move: Move, *, answers_turn: int = 0, text: str = "") -> None:
    """The interviewer takes the floor with `move`; `answers_turn` is the turn that may still be reopened."""
    draft.do(*(ef.CancelTimer(name) for name in TIMERS), ef.CloseTurn())
    reply_id = draft.state.next_reply_id
    draft.log(ev.ReplyPlanned(reply_id=reply_id, move=move, answers_turn=answers_turn, text=text))
    enter(draft, "thinking")
    draft.do(compose(draft))


def compose(draft: Draft) -> ef.Compose | ef.SayWords:
    """The effect that finds the words of the planned reply, from wherever it got to."""
    state = draft.state
    reply = state.reply
    if reply is None:
        raise ValueError("no reply is planned")
    if reply.words:
        return ef.SayWords(reply.reply_id, reply.words, skip=len(reply.sentences))
    brief = build_brief(
        state.plan,
        reply.move,
        current_index=state.flow_before.question_index,
        last_covered=state.flow.progress.last_covered,
        history=state.history,
        candidate_text=reply.text_answered,
        guidance=state.guidance,
    )
    return ef.Compose(reply.reply_id, brief, skip=len(reply.sentences))


def watch_playback(draft: Draft, reply: ReplyState) -> None:
    """Some voices report nothing: after the time the text needs, its playback counts as over."""
    constants = draft.state.constants
    after_ms = int(reading_ms(constants, reply.text) * constants.playback_stretch)
    draft.do(ef.StartTimer("playback", after_ms + constants.playback_slack_ms, reply.reply_id))


def respond(draft: Draft, *, answers_turn: int, text: str, pressed: TurnFacts = NOTHING_PRESSED) -> None:
    """Choose and plan the reply to what the candidate just said or pressed; a person's words come first."""
    state = draft.state
    if _was_leaving(state.handover):
        pressed = replace(pressed, is_skip=True)
    if state.words and not state.is_time_up:
        say_words(draft, is_leaving=pressed.is_skip)
        return
    left_s = state.time_left_ms(draft.at) // 1_000
    turn = replace(pressed, text=text, is_time_up=state.is_time_up, time_left_s=left_s)
    move = next_move(state.plan, state.flow.question_index, state.flow.progress, turn)
    plan_reply(draft, move, answers_turn=answers_turn, text=text)


def _was_leaving(over: Takeover | None) -> bool:
    """The candidate had skipped the question when a person took over."""
    cut = None if over is None else over.cut
    return cut is not None and not cut.is_started and cut.move.reason == "skipped"


def say_words(draft: Draft, *, is_leaving: bool = False) -> None:
    """Say what a person has given, the oldest first; who has taken over does so without taking the floor.

    `is_leaving`: the candidate has skipped the question, which is not forgotten over it.
    """
    given = draft.state.words[0]
    move = Move("said", reason="skipped" if is_leaving else given.kind)
    draft.log(ev.ReplyPlanned(reply_id=draft.state.next_reply_id, move=move, by=given.by, words=given.text))
    if draft.state.takeover is None:
        draft.do(*(ef.CancelTimer(name) for name in TIMERS), ef.CloseTurn())
        enter(draft, "thinking")
    draft.do(compose(draft))


def withdraw(draft: Draft, reply: ReplyState) -> None:
    """The candidate went on before the reply was heard: it never was, and the turn is theirs again."""
    draft.do(ef.CancelCompose(reply.reply_id), ef.CancelTimer("playback"), ef.CancelTimer("barge_in"))
    if reply.is_started:
        draft.do(ef.Send(PlaybackStop(reply_id=reply.reply_id)))
    draft.log(ev.ReplyWithdrawn(reply_id=reply.reply_id))
    if not reply.answers_turn:
        give_floor(draft, is_speaking=True)
        return
    draft.log(ev.TurnReopened(turn_id=reply.answers_turn))
    if reply.is_started and reply.move.kind in ASKING:
        show_question(draft)
    enter(draft, "candidate_speaking")
    draft.do(ef.OpenTurn(reply.answers_turn))


def show_question(draft: Draft) -> None:
    """Tell the page which question stands above the conversation."""
    question = draft.state.question
    if question is not None:
        number = draft.state.flow.question_index + 1
        total = draft.state.plan.total
        draft.log(ev.QuestionStarted(number=number, total=total, text=question.text, kind=question.kind))


def finish_words(draft: Draft, reply: ReplyState) -> None:
    """No more of `reply` will be sent."""
    draft.log(ev.ReplyFinished(reply_id=reply.reply_id, text=reply.text, worded_by=reply.worded_by))


def finish_playback(
    draft: Draft,
    reply: ReplyState,
    *,
    outcome: ev.PlaybackOutcome,
    heard_chars: int,
    is_answered: bool = False,
) -> None:
    """A reply was heard to its end or stopped: what it led to comes next.

    `is_answered`: the answer to it is there already, and is taken even when time is up.
    """
    draft.do(ef.CancelTimer("playback"), ef.CancelTimer("barge_in"))
    draft.log(ev.PlaybackEnded(reply_id=reply.reply_id, outcome=outcome, heard_chars=heard_chars))
    move = reply.move
    if move.kind == "closing":
        end(draft, "completed")
    elif move.kind == "offer_accepted" and move.offer == "reschedule":
        end(draft, "rescheduled")
    elif move.kind == "offer_accepted" and move.offer == "break":
        pause(draft, "break")
    elif draft.state.takeover is not None:
        if draft.state.words:
            say_words(draft)
    elif draft.state.words and not is_answered and outcome != "barge_in" and not draft.state.is_time_up:
        say_words(draft)
    elif draft.state.handover is not None and move.reason == "person" and outcome != "barge_in":
        go_on(draft)
    elif draft.state.is_time_up and move.kind not in CLOSING and not is_answered:
        respond(draft, answers_turn=0, text="")
    else:
        give_floor(draft, is_speaking=outcome == "barge_in")


def go_on(draft: Draft) -> None:
    """The interviewer takes the word again, where it was when a person took over."""
    state = draft.state
    over, progress = state.handover, state.flow.progress
    cut = None if over is None else over.cut
    if over is not None and over.unanswered:
        before = cut.text_answered if cut is not None and not cut.is_started else ""
        respond(draft, answers_turn=0, text=f"{before} {over.unanswered}".strip())
    elif cut is not None and not cut.words and (not cut.is_started or cut.move.kind in FINAL):
        plan_reply(draft, cut.move, text=cut.text_answered)
    elif state.is_time_up:
        respond(draft, answers_turn=0, text="")
    elif state.question is None or progress.phase == "candidate_questions":
        plan_reply(draft, Move("resume", reason="candidate_questions"))
    else:
        facts = TurnFacts(is_repeat_request=True)
        plan_reply(draft, next_move(state.plan, state.flow.question_index, progress, facts))


def pause(draft: Draft, reason: str) -> None:
    """Everything stands still, the interview's clock and its audio line included."""
    reply = draft.state.reply
    if reply is not None:
        draft.do(ef.CancelCompose(reply.reply_id), ef.CancelTimer("playback"))
    if reply is not None and reply.is_spoken:
        finish_spoken(draft, reply)
    draft.do(*(ef.CancelTimer(name) for name in (*TIMERS, "time_up")), ef.HoldLine())
    enter(draft, "paused", reason)
    draft.do(ef.StartTimer("abandon", draft.state.constants.resume_window_ms))


def finish_spoken(draft: Draft, reply: ReplyState) -> None:
    """A person has finished what they said in their own voice; it was heard as it was spoken."""
    draft.do(ef.CancelTimer("spoken"), ef.EndRelay())
    finish_words(draft, reply)
    draft.log(ev.PlaybackEnded(reply_id=reply.reply_id, outcome="finished", heard_chars=len(reply.text)))


def log_turn_end(draft: Draft, reason: TurnEndReason, *, typed: inp.AnswerTyped | None = None) -> str:
    """Commit the open turn to the log; gives all that was said and typed in it."""
    turn = draft.state.turn
    text = f"{turn.text} {typed.text if typed else ''}".strip()
    confidences = [one.confidence for one in turn.utterances if one.confidence is not None]
    draft.log(
        ev.TurnEnded(
            turn_id=turn.turn_id,
            text=text,
            reason=reason,
            question=_question_answered(draft, text),
            start_ms=turn.utterances[0].start_ms if turn.utterances else None,
            end_ms=turn.utterances[-1].end_ms if turn.utterances else None,
            confidence=round(fmean(confidences), 3) if confidences else None,
            time_taken_seconds=typed.time_taken_seconds if typed else None,
            channel=typed.channel if typed else "typed",
        )
    )
    return text


def _question_answered(draft: Draft, text: str) -> int:
    """While a person speaks, only what states something expected counts for the interviewer's question."""
    state = draft.state
    number = state.flow.question_index + 1
    if state.takeover is None or not state.takeover.has_spoken:
        return number
    question = state.question
    is_meant = question is not None and bool(cover(question, text).covered)
    return number if is_meant and state.flow.progress.phase == "question" else 0


def end(draft: Draft, reason: EndReason) -> None:
    """Nothing more is asked; what was said of an unfinished answer counts."""
    reply, turn = draft.state.reply, draft.state.turn
    if reply is not None:
        draft.do(ef.CancelCompose(reply.reply_id))
    if turn.is_open and turn.utterances:
        log_turn_end(draft, "done")
    if draft.state.takeover is not None:
        over = draft.state.takeover
        draft.log(ev.TakeoverEnded(by=over.by, ref=over.ref, reason="ended"))
    of_ours = (*TIMERS, "time_up", "away", "abandon", "takeover", "spoken")
    draft.do(*(ef.CancelTimer(name) for name in of_ours), ef.CloseTurn())
    draft.log(ev.SessionEnded(reason=reason, report_url=draft.state.report_url))
    enter(draft, "ended", reason)
    draft.do(ef.FinishSession())
