"""Which reply comes next: the flow of an interview as pure rules; the words are the interviewer's.

`next_move` looks at the question, at what was done for it so far (`Progress`) and at the turn that just
ended (`TurnFacts`). `silence_move` answers a candidate who says nothing. What a candidate says is only ever
data here: it can ask for a repetition or a break, it cannot change the plan.
"""

from collections.abc import Callable

from interviews.intents import Intent, detect_intent
from interviews.plan import Plan, PlannedQuestion
from interviews.progress import Move, MoveKind, Offer, Progress, TurnFacts, after, with_coverage
from interviews.spoken_words import words

__all__ = [
    "Move", "MoveKind", "Offer", "Progress", "TurnFacts",
    "after", "next_move", "opening_move", "silence_move", "with_coverage",
]  # fmt: skip

# Judgement calls of this project, tuned on the dialogues in tests/dialogues.yaml.
FULL_FRACTION = 0.75  # from here on an answer is full: nothing more is asked
SECOND_FOLLOW_UP_BELOW = 0.6  # lexical coverage misses paraphrases, so a second probe needs a clear gap
SHORT_ANSWER_WORDS = 8  # a shorter answer that names nothing expected is asked to become concrete
MOVE_ON_AFTER_STRUGGLES = 3  # questions in a row given up before another day is offered
MAX_REPEATS = 2  # then the question comes in other words
MAX_CANDIDATE_QUESTIONS = 6
SECONDS_PER_QUESTION = 75  # with less time than this for each open question nothing is probed


def opening_move(plan: Plan) -> Move:
    """The first words of the session: a greeting with the first question, or the closing of an empty plan."""
    if not plan.questions:
        return Move("closing_invite", reason="no_questions")
    return Move("greeting", question_index=0)


def next_move(plan: Plan, question_index: int, progress: Progress, turn: TurnFacts) -> Move:
    """Choose the reply to a turn. `progress` already holds the coverage of everything answered so far."""
    intent = turn.intent or detect_intent(turn.text)
    situation = _Situation(plan, question_index, progress, turn, intent)
    if progress.phase == "candidate_questions" or plan.question_at(question_index) is None:
        return situation.while_candidate_asks()
    if turn.is_time_up:
        return Move("closing_invite", reason="time_up")
    if turn.is_skip or progress.is_left:
        return situation.next_question("skipped")
    if turn.is_repeat_request:
        return situation.repeat()
    return situation.answer_to_offer() or situation.reply()


def silence_move(plan: Plan, question_index: int, progress: Progress) -> Move:
    """What breaks a silence at the start of a turn: a nudge, other words, an offer, then a break."""
    question = plan.question_at(question_index)
    if progress.phase == "candidate_questions" or question is None:
        kind: MoveKind = "nudge" if progress.silences == 0 else "closing"
        return Move(kind, reason="silence")
    is_probed = progress.follow_ups + progress.clarifications > 0
    ladder: list[tuple[MoveKind, Offer | None]] = [("nudge", None)]
    if not is_probed:  # after a follow-up the question itself is not asked again
        ladder.append(("repeat" if question.mode == "verbatim" else "rephrase", None))
    ladder += [("offer", "skip"), ("offer", "break"), ("offer_accepted", "break")]
    kind, offer = ladder[min(progress.silences, len(ladder) - 1)]
    return Move(kind, question_index, offer=offer, reason="silence", variant=progress.silences)


class _Situation:
    """One decision: the open question, what happened to it, and the turn that has to be met."""

    def __init__(self, plan: Plan, index: int, progress: Progress, turn: TurnFacts, intent: Intent) -> None:
        self.plan = plan
        self.index = index
        self.progress = progress
        self.turn = turn
        self.intent = intent

    @property
    def question(self) -> PlannedQuestion:
        return self.plan.questions[self.index]

    def reply(self) -> Move:
        is_lost = self.turn.is_poorly_recognised or self.intent == "empty"
        if is_lost and (again := self._not_caught()) is not None:
            return again
        meet: dict[Intent, Callable[[], Move]] = {
            "dont_know": self._struggle,
            "repeat": self.repeat,
            "clarify": self._reword,
            "assumption": self._asked_about_the_task,
            "skip": lambda: self.next_question("skipped"),
            "stop": self._stop,
            "break": lambda: self._move("offer_accepted", offer="break"),
            "reschedule": lambda: self._move("offer_accepted", offer="reschedule"),
            "type": lambda: self._move("offer_accepted", offer="text"),
            "hold": lambda: self._move("resume"),
            "person": lambda: self._move("person"),
            "question": lambda: self._move("answer_candidate", reason="in_question"),
        }
        return meet.get(self.intent, self._answered)()

    def answer_to_offer(self) -> Move | None:
        """The reply to a yes or no after an offer; None when the candidate simply went on."""
        offer, intent = self.progress.pending_offer, self.intent
        if offer is None or intent not in {"yes", "no", "dont_know", "skip", "empty", "thanks"}:
            return None
        if offer == "skip":
            return self._move("resume") if intent == "no" else self.next_question("skipped")
        if intent in {"yes", "thanks"}:
            return self._move("offer_accepted", offer=offer)
        is_for_another_day = offer == "reschedule"
        return self.next_question("skipped") if is_for_another_day else self._move("resume")

    def repeat(self) -> Move:
        if self.progress.repeats >= MAX_REPEATS:
            return self._reword()
        if not self._probes():
            return self._move("repeat", variant=self.progress.repeats)
        point = self.progress.probed_points[-1] if self.progress.probed_points else None
        return Move(
            "repeat", self.index, point_index=point, reason="follow_up", variant=self.progress.repeats
        )

    def next_question(self, reason: str = "") -> Move:
        is_given_up = reason in {"skipped", "struggle"}
        if is_given_up and self.progress.struggles + 1 == MOVE_ON_AFTER_STRUGGLES and self._may_reschedule():
            return self._move("offer", offer="reschedule", reason="struggle")
        following = self.index + 1
        if self.plan.question_at(following) is None:
            return Move("closing_invite", reason=reason)
        kind: MoveKind = "question" if reason == "skipped" else "acknowledge_and_next"
        return Move(kind, following, reason=reason)

    def while_candidate_asks(self) -> Move:
        asked = self.progress.candidate_questions
        if self.intent in {"no", "thanks", "stop", "skip", "dont_know", "empty"} or self.turn.is_skip:
            return Move("closing")
        if self.intent in {"yes", "hold"}:
            return Move("resume", reason="candidate_questions")
        if self.intent == "person":
            return Move("person", reason="candidate_questions")
        if self.intent in {"repeat", "clarify"} or self.turn.is_repeat_request:
            return Move("repeat", reason="last_reply", variant=self.progress.repeats)
        if asked >= MAX_CANDIDATE_QUESTIONS or self.turn.is_time_up:
            return Move("closing", reason="passed_on")
        return Move("answer_candidate", reason="candidate_questions", variant=asked)

    def _move(
        self, kind: MoveKind, *, offer: Offer | None = None, reason: str = "", variant: int = 0
    ) -> Move:
        return Move(kind, self.index, offer=offer, reason=reason, variant=variant)

    def _may_reschedule(self) -> bool:
        return self.progress.pending_offer != "reschedule" and self.index + 1 < self.plan.total

    def _not_caught(self) -> Move | None:
        """Ask once more, then offer to type; what comes after that is taken as it is."""
        if self.progress.asked_again == 0:
            return self._move("ask_again")
        if self.progress.offers == 0:
            return self._move("offer", offer="text", reason="not_caught")
        return self.next_question("not_caught") if self.intent == "empty" else None

    def _asked_about_the_task(self) -> Move:
        if self.question.kind == "behavioral":  # there is no task to ask about: it is about us
            return self._move("answer_candidate", reason="in_question")
        return self._move("help", reason="assumption", variant=self.progress.helps)

    def _struggle(self) -> Move:
        if self.progress.covered_points or self.progress.follow_ups:
            return self.next_question()  # part of it was answered: that stands
        if self.progress.helps == 0:
            return self._move("help", reason="struggle")
        if self.progress.offers == 0:
            return self._move("offer", offer="skip", reason="struggle")
        return self.next_question("struggle")

    def _reword(self) -> Move:
        if self.question.mode == "verbatim":
            return self._move("repeat", variant=self.progress.repeats)
        if self.progress.rephrases == 0:
            return self._move("rephrase")
        return self._move("help", reason="clarify", variant=self.progress.helps)

    def _stop(self) -> Move:
        if self.progress.stops:
            return Move("closing", reason="candidate_stopped")
        return self._move("offer", offer="reschedule", reason="stop")

    def _answered(self) -> Move:
        if not self._may_probe():
            return self.next_question()
        if not self.question.expected_points or not self.progress.covered_points:
            return self._probe_from_nothing()
        fraction = self.progress.fraction(self.question)
        ceiling = SECOND_FOLLOW_UP_BELOW if self._probes() else FULL_FRACTION
        return self._follow_up() if fraction < ceiling else self.next_question()

    def _probe_from_nothing(self) -> Move:
        """Nothing expected was heard: once a request for substance, never a second one."""
        if self._probes():
            return self.next_question()
        if len(words(self.turn.text)) < SHORT_ANSWER_WORDS:
            return self._move("clarify", reason="short")
        return self._follow_up() if self.question.expected_points else self.next_question()

    def _follow_up(self) -> Move:
        open_points = [
            point
            for point in self.progress.missing_points(self.question)
            if point not in self.progress.probed_points
        ]
        if not open_points:
            return self.next_question()
        chosen = min(open_points, key=self._rank)
        return Move("follow_up", self.index, point_index=chosen, variant=self.progress.follow_ups)

    def _rank(self, point: int) -> tuple[int, int]:
        """The question's own follow-ups come first, in their order; then the other points in theirs."""
        asks, probe = self.question.follow_ups, self.question.expected_points[point].probe
        return (asks.index(probe) if probe in asks else len(asks), point)

    def _probes(self) -> int:
        return self.progress.follow_ups + self.progress.clarifications

    def _may_probe(self) -> bool:
        is_free = self.question.mode == "adaptive" and self._probes() < self.plan.max_follow_ups
        return is_free and self._has_time()

    def _has_time(self) -> bool:
        waiting = self.plan.total - self.index - 1
        left_s = self.turn.time_left_s
        return left_s is None or left_s >= waiting * SECONDS_PER_QUESTION
