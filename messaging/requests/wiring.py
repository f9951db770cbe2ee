"""Joins the e-mail about requests to what happens to them."""

from interviews.background.kinds import register
from interviews.background.threads import in_a_thread
from interviews.requests import answered, asked
from messaging.requests.farewell import SEND, forget_farewell, send_farewell
from messaging.requests.telling import tell_candidate, tell_people

FAREWELL = in_a_thread(send_farewell)


def wire() -> None:
    """Called once, when all models are there."""
    asked.connect(tell_people, dispatch_uid="messaging.requests.asked")
    register(SEND, FAREWELL, given_up=forget_farewell)
    answered.connect(tell_candidate, dispatch_uid="messaging.requests.answered")
