"""The interviewer that needs no language model: plain, kind words, always the same ones."""

import re
from collections.abc import AsyncGenerator, Callable, Sequence

from interviews.intents import asks_something
from interviews.interviewer.backends import wording
from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.choice import as_said, choose
from interviews.interviewer.facts import find_facts
from interviews.interviewer.sentences import split_sentences
from interviews.protected import find_protected_topic

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class ScriptedInterviewer:
    """Words every move from `wording`; a sentence is not said twice in a session while another is left."""

    name = "scripted"
    is_worth_preparing = False

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        for delta in re.findall(r"\s*\S+", compose_text(brief)):
            yield delta


def compose_text(brief: ReplyBrief) -> str:
    """The whole reply to `brief`."""
    return ScriptedReply(brief).text()


class ScriptedReply:
    """One reply and its parts, each of which others may say on their own."""

    def __init__(self, brief: ReplyBrief) -> None:
        self.brief = brief
        self.move = brief.move
        self.said = as_said(text for side, text in brief.history if side == "interviewer")

    def text(self) -> str:
        write: dict[str, Callable[[], str]] = {
            "greeting": self._greeting,
            "question": self._question,
            "acknowledge_and_next": self._question,
            "follow_up": self._follow_up,
            "clarify": self._clarify,
            "repeat": self._repeat,
            "rephrase": self._rephrase,
            "help": self._help,
            "offer": self._offer,
            "offer_accepted": lambda: self._one(wording.ACCEPTED[self.move.offer or "skip"]),
            "resume": self._resume,
            "ask_again": lambda: self._one(wording.ASK_AGAIN),
            "nudge": self._nudge,
            "person": lambda: self._one(wording.PERSONS),
            "closing_invite": self.invite,
            "answer_candidate": self._answer_candidate,
            "closing": self.closing,
            "said": lambda: "",  # the words are there already; nobody asks for others
        }
        return " ".join(write[self.move.kind]().split())

    def _one(self, wordings: Sequence[str], **values: str) -> str:
        filled = [text.format(**values) for text in wordings]
        key = self.brief.question.key if self.brief.question else self.brief.role
        return choose(
            filled, f"{key}/{self.move.kind}/{self.move.variant}/{len(self.brief.history)}", self.said
        )

    def _greeting(self) -> str:
        brief = self.brief
        for_whom = f" for {brief.organisation}" if brief.organisation else ""
        count = _NUMBER_WORDS[brief.total] if brief.total < len(_NUMBER_WORDS) else str(brief.total)
        total = f"{count} question" + ("s" if brief.total != 1 else "")
        is_full = brief.duration_minutes > 0
        hello = self._one(
            wording.GREETINGS if is_full else wording.QUICK_GREETINGS,
            persona=brief.persona,
            for_whom=for_whom,
            minutes=str(brief.duration_minutes),
            total=total,
        )
        return f"{hello} {self.asked()}"

    def _question(self) -> str:
        return f"{self.acknowledgement()} {self.bridge()} {self.asked()}"

    def acknowledgement(self) -> str:
        by_reason = {
            "skipped": wording.AFTER_SKIP,
            "struggle": wording.AFTER_STRUGGLE,
            "not_caught": wording.AFTER_NOT_CAUGHT,
        }
        return self._one(by_reason.get(self.move.reason, wording.ACKNOWLEDGEMENTS))

    def bridge(self) -> str:
        question = self.brief.question
        if question is not None and question.asked_by:
            return self._one(wording.FROM_A_PERSON, name=question.asked_by)
        is_last = self.brief.number == self.brief.total > 1
        return self._one(wording.LAST_BRIDGES if is_last else wording.BRIDGES)

    def asked(self) -> str:
        """The question's own words; one on a protected topic is never spoken, whoever wrote it."""
        question = self.brief.question
        if question is None:
            return ""
        if find_protected_topic(question.text):
            return wording.LEFT_OUT
        return question.text

    def _follow_up(self) -> str:
        link = self._link() if self.brief.point else self._one(wording.FOLLOW_UP_OPENERS)
        return f"{link} {self.probe()}"

    def probe(self) -> str:
        """The question of a follow-up, without what leads to it."""
        point = self.brief.point
        ask = point.probe if point else ""
        if point is not None and point.topic and (not ask or as_said([ask]) <= self.said):
            ask = self._one(wording.FOLLOW_UPS, topic=point.topic)
        return ask or self._one(wording.BARE_FOLLOW_UPS)

    def _link(self) -> str:
        """Names what was said, where there is a name for it, so that the probe grows out of the answer."""
        covered = self.brief.covered
        if covered is None or not covered.topic:
            return self._one(wording.FOLLOW_UP_OPENERS)
        return self._one(wording.FOLLOW_UP_LINKS, covered=covered.topic)

    def _clarify(self) -> str:
        return self._one(wording.CLARIFICATIONS)

    def _repeat(self) -> str:
        if self.move.reason == "last_reply":
            said = [text for side, text in self.brief.history if side == "interviewer"]
            return self._one(wording.REPEATS, question=said[-1] if said else "")
        is_probed = self.move.reason == "follow_up"
        return self._one(wording.REPEATS, question=self._last_probe() if is_probed else self.asked())

    def _last_probe(self) -> str:
        point = self.brief.point
        if point is not None and point.probe:
            return point.probe
        said = [text for side, text in self.brief.history if side == "interviewer"]
        return split_sentences(said[-1])[-1] if said else self.asked()

    def _rephrase(self) -> str:
        question = self.brief.question
        other = question.rephrase if question and question.rephrase else self.asked()
        return self._one(wording.REPHRASES, rephrase=other)

    def _help(self) -> str:
        question = self.brief.question
        if self.move.reason == "assumption":
            return self._one(wording.ASSUMPTIONS)
        is_equal_for_all = question is not None and question.mode == "verbatim"
        if question is None or is_equal_for_all or not question.help:
            return self._one(wording.BARE_HELPS)
        if as_said([question.help]) <= self.said:
            return self._one(wording.BARE_HELPS)
        is_clarifying = self.move.reason == "clarify"
        return self._one(wording.CLARIFYING_HELPS if is_clarifying else wording.HELPS, help=question.help)

    def _offer(self) -> str:
        if self.move.reason == "stop":
            return self._one(wording.STOP_OFFERS)
        return self._one(wording.OFFERS[self.move.offer or "skip"])

    def _resume(self) -> str:
        is_their_turn = self.move.reason == "candidate_questions"
        return self._one(wording.CANDIDATE_QUESTION_RESUMES if is_their_turn else wording.RESUMES)

    def _nudge(self) -> str:
        return self._one(wording.NUDGES if self.brief.question else wording.CLOSING_NUDGES)

    def invite(self) -> str:
        if self.move.reason == "no_questions":
            return self._one(wording.NO_QUESTION_INVITES, persona=self.brief.persona)
        if self.move.reason == "time_up":
            return self._one(wording.TIME_UP_INVITES)
        opener = f"{self.acknowledgement()} " if self.move.reason else ""
        return opener + self._one(wording.INVITES)

    def _answer_candidate(self) -> str:
        return f"{self.answer()} {self.after_answer()}"

    def answer(self) -> str:
        """What is known of the job about their question, that it is passed on, or thanks for a remark."""
        if not asks_something(self.brief.candidate_text):
            return self._one(wording.NOTED)
        facts = find_facts(self.brief.candidate_text, self.brief.facts)
        return self._one(wording.KNOWN, facts=" ".join(facts)) if facts else self._one(wording.PASSED_ON)

    def after_answer(self) -> str:
        is_aside = self.move.reason == "in_question"
        return self._one(wording.BACK_TO_THE_QUESTION if is_aside else wording.MORE_QUESTIONS)

    def closing(self) -> str:
        if self.move.reason == "candidate_stopped":
            return self._one(wording.STOPPED_CLOSINGS)
        opener = f"{self._one(wording.PASSED_ON)} " if self.move.reason == "passed_on" else ""
        if self.brief.closing:
            return f"{opener}{self.brief.closing} {wording.OWN_CLOSING_END}"
        return opener + self._one(wording.CLOSINGS)
