"""What the candidate's own page shows after the interview: their words by question, and what they may do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from msgspec import Struct

from accounts.guest_tokens import matches
from interviews.afterwards.answers import OwnAnswer, own_answers
from interviews.afterwards.redoing import Redoable, redoables
from interviews.afterwards.window import changes_until, may_change
from interviews.evaluating import read_session
from interviews.guest_cookie import cookie_name
from interviews.models import Request, Session, Turn
from interviews.reporting.policy import policy_of
from interviews.sent_recordings import with_audio
from web.afterwards.forms import CorrectionForm, RequestForm, SecondAnswerForm
from web.notice import notice_for

SENTENCES = {
    Request.Kind.REVIEW: "A person looks at the result",
    Request.Kind.PERSON: "Talk with a person",
    Request.Kind.ACCOMMODATION: "Something that makes it easier",
    Request.Kind.EXPORT: "A copy of my data",
    Request.Kind.DELETION: "Delete my data",
}
Form = CorrectionForm | SecondAnswerForm | RequestForm


class Said(Struct):
    """One turn of either side; `own` where it is the candidate's."""

    turn: Turn
    own: OwnAnswer | None
    recording: str
    form: CorrectionForm | None


class Group(Struct):
    """What was said about one question; number 0 is before and after them all."""

    number: int
    said: list[Said]
    redo: Redoable | None = None
    form: SecondAnswerForm | None = None

    @property
    def has_second(self) -> bool:
        return self.redo is not None and self.redo.turn is not None


def prefix_of(name: str, number: int = 0) -> str:
    """Under which a form of the page is sent, so that each field has a name of its own."""
    return f"{name}{number}" if number else name


def is_candidate(request: HttpRequest, session: Session) -> bool:
    """Whether the browser holds the interview's link, or the interview is one's own practice."""
    token = request.COOKIES.get(cookie_name(session.uuid), "")
    return matches(token, session.token_hash) or session.purpose == Session.Purpose.PRACTICE


def after_page(
    request: HttpRequest, session: Session, now: datetime, sent: Mapping[str, Form] | None = None
) -> dict[str, Any]:
    """The template's context. `sent`: forms that were refused, by prefix, with what was typed."""
    story, forms = read_session(session), sent or {}
    may_write = is_candidate(request, session)
    owns = {one.number: one for one in own_answers(session, now, story)} if may_write else {}
    again = {one.number: one for one in redoables(session, story, now)} if may_write else {}
    groups = _groups(session, owns, forms)
    for group in groups:
        group.redo = again.get(group.number)
        if group.redo is not None and group.redo.is_open:
            name = prefix_of("redo", group.number)
            found = forms.get(name)
            group.form = found if isinstance(found, SecondAnswerForm) else SecondAnswerForm(prefix=name)
    return {
        "session": session,
        "notice": notice_for(session),
        "groups": groups,
        "total": story.plan.total,
        "has_answers": any(said.own for group in groups for said in group.said),
        "recorded": bool(session.consent.get("recording")) and session.segments.exists(),
        "may_write": may_write,
        "is_open": may_write and may_change(session, now),
        "open_until": changes_until(session),
        "may_redo": policy_of(session).may_redo,
        "report_url": f"/api/reports/{session.uuid}/pdf/?edition=candidate",
        "copy_url": f"/api/me/session/export/?session={session.uuid}",
        "requests": [(SENTENCES[Request.Kind(one.kind)], one) for one in session.requests.all()],
        "request_form": forms.get("request") or RequestForm(prefix="request"),
        "config": {
            "hearing": f"/api/me/session/redo/hearing/?session={session.uuid}",
            "redo": f"/api/me/session/redo/?session={session.uuid}",
        },
    }


def _groups(session: Session, owns: Mapping[int, OwnAnswer], forms: Mapping[str, Form]) -> list[Group]:
    """In the order of the conversation; a second answer stands below the first."""
    turns = list(session.turns.exclude(text="").select_related("session").order_by("seq"))
    recorded = with_audio(turns)
    groups: list[Group] = []
    for turn in turns:
        is_own = turn.speaker == Turn.Speaker.CANDIDATE
        own = owns.get(turn.number) if is_own else None
        said = Said(
            turn=turn,
            own=own,
            recording=f"/api/conversations/{turn.pk}/audio/" if turn.pk in recorded else "",
            form=_correction_form(own, forms) if own is not None and own.may_correct else None,
        )
        _group_for(groups, turn).said.append(said)
    return groups


def _group_for(groups: list[Group], turn: Turn) -> Group:
    number = turn.question_number
    before = [group for group in groups if group.number == number]
    if before and (number or groups[-1].number == 0):
        return before[-1]
    groups.append(Group(number, []))
    return groups[-1]


def _correction_form(own: OwnAnswer, forms: Mapping[str, Form]) -> CorrectionForm:
    name = prefix_of("turn", own.number)
    found = forms.get(name)
    if isinstance(found, CorrectionForm):
        return found
    return CorrectionForm(prefix=name, initial={"text": own.correction or own.text})
