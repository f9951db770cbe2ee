"""What we say by text beside the interview itself: who asks, how to agree, how to stop, what went wrong."""

import re

from msgspec import Struct

from messaging.sms.splitting import split

TOO_LONG = (
    "That was more than 5,000 characters, which is more than I can take at once. "
    "Please send a shorter answer."
)
NO_WORDS = "I can only read words. Please type your answer."
ASK_AGAIN = "Please reply YES to start the interview, NO if you would rather not, or HELP to learn more."
DECLINED = "No problem, and thank you for telling us. You will get no more texts about this interview."
ANOTHER_DAY = (
    "That is fine. Reply SKIP to go on with the next question, or RESCHEDULE if another day would suit you "
    "better. Or just tell me whatever comes to mind."
)
ON_A_BREAK = "Take your time. Just text me when you are back."
OPTED_OUT = "You will get no more texts from us. Reply START if you change your mind."
UNKNOWN = (
    "This number holds interviews by text message, and there is none with your number just now. "
    "Please contact the company that invited you. Reply STOP to get no more texts."
)
UNKNOWN_HELP = (
    "This number holds interviews by text message for companies that invited you to one. For help, please "
    "contact the company. Reply STOP to get no more texts. Msg & data rates may apply."
)
NOT_ASKED_ANY_MORE = "Thank you, but this interview can't be started any more. Please contact the company."
PERSON_SPEAKS = "One moment, please: somebody is speaking with you in the interview just now."
# Sentences of the interviewer's that only make sense beside a page or a microphone.
_OF_A_PAGE = re.compile(
    r"[^.!?]*\b(?:this page|press|button|microphone|out loud)\b[^.!?]*[.!?]+\s*", re.IGNORECASE
)


class Facts(Struct, frozen=True):
    """Who asks whom for what."""

    organisation: str
    persona: str
    role: str
    questions: int
    minutes: int
    candidate: str = ""
    contact: str = ""  # a name, an address or both


def consent_request(facts: Facts, told: str = "") -> str:
    """The first text: who, that it is an AI, what for, how long, what it costs, how to agree and to stop.

    `told` is what `before_agreeing` gives.
    """
    name = facts.candidate.split()[0] if facts.candidate.split() else ""
    count = f"{facts.questions} question{'s' if facts.questions != 1 else ''}"
    return (
        f"Hi{' ' + name if name else ''}, this is {facts.persona}, an AI interviewer for "
        f"{facts.organisation}. You are invited to an interview by text for {facts.role}: {count}, "
        f"about {facts.minutes} min, at your own pace. An AI helps to evaluate your answers, and a person "
        f"decides. {told}Msg & data rates may apply. Reply YES to agree and start, NO to decline, HELP for "
        "help, STOP to opt out."
    )


def before_agreeing(organisation: str, notice: str, page: str) -> str:
    """What the organisation itself tells them: where it fits one text as it is, else where it stands."""
    words = " ".join(notice.split())
    if not words:
        return ""
    if len(split(words)) > 1:
        return f"Please read first what {organisation} tells you: {page} "
    return f"{organisation} tells you: {words}{'' if words.endswith(('.', '!', '?')) else '.'} "


def help_text(facts: Facts) -> str:
    whom = f"Questions? {facts.contact}. " if facts.contact else "Questions? Please contact them. "
    return (
        f"{facts.persona} is an AI interviewer for {facts.organisation}. It asks you about {facts.role} "
        f"because you applied or were invited. {whom}Reply STOP to opt out, START to go on. "
        "Msg & data rates may apply."
    )


def over(facts: Facts, reason: str) -> str:
    """When the interview ended elsewhere, or by itself."""
    why = {
        "abandoned": "We had not heard from you for a while, so the interview is closed.",
        "cancelled": "The interview has been cancelled.",
        "rescheduled": "The interview is closed for today. Somebody will contact you about another day.",
    }.get(reason, "The interview is over. Thank you for your time.")
    whom = facts.contact or facts.organisation
    return f"{why} If you have any questions, please contact {whom}."


def reminder(facts: Facts, *, is_running: bool) -> str:
    if is_running:
        return (
            f"{facts.persona} for {facts.organisation}: whenever you are ready, just reply to my last "
            "question. Reply SKIP for the next one, or STOP to opt out."
        )
    return (
        f"{facts.persona} for {facts.organisation}: would you like to begin your interview by text for "
        f"{facts.role}? Reply YES to start, NO to decline, or STOP to opt out."
    )


def for_a_phone(reply: str) -> str:
    """A reply without what names the page; all of it where nothing else would be left."""
    return " ".join(_OF_A_PAGE.sub(" ", reply).split()) or reply
