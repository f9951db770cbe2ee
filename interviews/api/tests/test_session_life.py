"""Whatever order things are asked in, a session answers as its small model says it must."""

from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db(transaction=True)

GONE = "deleted"
OVER = {"completed", "cancelled"}
REFUSED = {"scheduled": "not_started", "completed": "session_over", "cancelled": "session_over"}


class SessionLife(RuleBasedStateMachine):
    """One session of a recruiter's, with its candidate's link. `opened`: its log has begun."""

    recruiter: ClassVar[APIClient]

    @initialize(count=st.integers(1, 2))
    def make(self, count: int) -> None:
        made = self.recruiter.post("/api/sessions/", {"num_questions": count}).json()
        self.path = f"/api/sessions/{made['session_id']}/"
        self.number = made["id"]
        self.token, self.former = made["public_token"], ""
        self.status, self.opened, self.title, self.questions = "scheduled", False, "", count
        self.began = False

    def post(self, what: str, body: Any = None) -> Any:
        return self.recruiter.post(f"{self.path}{what}/", body or {})

    def by_link(self, token: str) -> int:
        return APIClient().get(self.path, HTTP_X_INTERVIEW_TOKEN=token).status_code

    def told(self, answer: Any, fine: int, refusal: str = "") -> bool:
        """Whether it was done; what is deleted is never found, and a refusal has its code."""
        if self.status == GONE:
            assert answer.status_code in {404, 400}, answer.content
            return False
        if refusal:
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, refusal)
            return False
        assert answer.status_code == fine, answer.content
        return True

    @rule(title=st.sampled_from(["One", "Two"]))
    def change(self, title: str) -> None:
        if self.told(self.recruiter.patch(self.path, {"title": title}), 200):
            self.title = title

    @rule(order=st.integers(1, 3))
    def write_question(self, order: int) -> None:
        body = {"session": self.number, "text": "Why do you want this?", "order": order}
        refusal = "already_started" if self.opened else ""
        if self.told(self.recruiter.post("/api/questions/", body), 201, refusal):
            self.questions += 1

    @rule()
    def remove_question(self) -> None:
        if self.status == GONE:
            return
        first = self.recruiter.get(f"{self.path}questions/").json()["results"][0]["id"]
        refusal = "already_started" if self.opened else "last_question" if self.questions == 1 else ""
        if self.told(self.recruiter.delete(f"/api/questions/{first}/"), 204, refusal):
            self.questions -= 1

    @rule()
    def start(self) -> None:
        if self.told(self.post("start"), 200, self._unless("scheduled")):
            self.status, self.opened, self.began = "in_progress", True, True

    @rule(text=st.sampled_from(["I measured it first, then added an index.", "I am not sure.", "Skip."]))
    def say(self, text: str) -> None:
        answer = self.post("turns", {"text": text})
        if self.told(answer, 201, self._unless("in_progress")):
            self.status = answer.json()["session_status"]

    @rule()
    def go_to_the_last_question(self) -> None:
        if self.status != "in_progress":
            return
        last = self.recruiter.get(f"{self.path}questions/").json()["results"][-1]["id"]
        answer = self.post(f"questions/{last}/answer", {"text": "I compared both and kept the faster one."})
        assert answer.status_code in {201, 409}
        if answer.status_code == 201:
            self.status = answer.json()["session_status"]
        else:
            assert answer.json()["error"]["code"] in {"already_answered", "question_passed"}

    @rule()
    def note(self) -> None:
        if self.told(self.post("notes", {"text": "Ask about rollbacks."}), 201):
            self.opened = True

    @rule(score=st.integers(1, 5))
    def rate(self, score: int) -> None:
        answer = self.post("ratings", {"score": score})
        if self.told(answer, answer.status_code, "" if self.began else "not_started"):
            assert answer.json()["score"] == score

    @rule()
    def end(self) -> None:
        if self.told(self.post("end"), 200) and self.status not in OVER:
            self.status = "completed" if self.began else "cancelled"
            self.opened = True

    @rule()
    def cancel(self) -> None:
        refusal = "" if self.status in {"scheduled", "cancelled"} else "illegal_status"
        if self.told(self.recruiter.patch(self.path, {"status": "cancelled"}), 200, refusal):
            self.status, self.opened = "cancelled", True

    @rule()
    def issue_link(self) -> None:
        answer = self.post("token")
        if self.told(answer, 201):
            self.former, self.token = self.token, answer.json()["public_token"]

    @rule()
    def revoke_link(self) -> None:
        if self.told(self.recruiter.delete(f"{self.path}token/"), 204):
            self.former, self.token = self.token or self.former, ""

    @rule(really=st.sampled_from([False, False, True]))
    def delete(self, really: bool) -> None:
        if really and self.told(self.recruiter.delete(self.path), 204):
            self.status, self.former, self.token = GONE, self.token or self.former, ""

    def _unless(self, wanted: str) -> str:
        return "" if self.status in {wanted, GONE} else REFUSED.get(self.status, "already_started")

    @invariant()
    def it_reads_as_it_is(self) -> None:
        answer = self.recruiter.get(self.path)
        if self.status == GONE:
            assert answer.status_code == 404
        else:
            read = answer.json()
            assert (read["status"], read["title"]) == (self.status, self.title)
            assert read["num_questions"] == self.questions

    @invariant()
    def only_the_newest_link_opens_it(self) -> None:
        assert not self.token or self.by_link(self.token) == 200
        assert not self.former or self.by_link(self.former) == 401


def test_a_session_lives_as_its_model_does(recruiter: APIClient) -> None:
    SessionLife.recruiter = recruiter
    bounded = settings(
        max_examples=8,
        stateful_step_count=12,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(SessionLife, settings=bounded)  # type: ignore[no-untyped-call]
