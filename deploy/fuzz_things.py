"""Registers an account on the server at argv[1], makes a few things, and prints its access token."""

import json
import sys
import time
import urllib.error
import urllib.request
from typing import Any

STARTS_WITHIN_S = 60
# Not the one of the examples: they change it.
PASSWORD = "Fuzzed-horse-9"  # noqa: S105 (of an account that lives as long as the run)
NAME = "fuzzer"


def ask(site: str, path: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(site + path, data, headers), timeout=30) as answer:
        read: dict[str, Any] = json.load(answer)
        return read


def wait_for(site: str) -> None:
    give_up_at = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            ask(site, "/api/health/")
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)
        else:
            return


def main(site: str) -> None:
    wait_for(site)
    person = {"username": NAME, "email": "fuzzer@viva.example", "password": PASSWORD, "full_name": "F. Uzzer"}
    ask(site, "/api/auth/register/", person)
    token = str(ask(site, "/api/auth/login/", {"username": NAME, "password": PASSWORD})["access"])
    finish_one(site, token)
    ask(site, "/api/interviewers/", {"name": "John Doe"}, token)
    ask(site, "/api/plans/", {"role": "Backend engineer", "num_questions": 2}, token)
    job = ask(site, "/api/jobs/", {"title": "Backend engineer"}, token)
    candidate = ask(site, "/api/candidates/", {"name": "Ada", "email": "ada@viva.example"}, token)
    process = {"job_id": job["id"], "candidate_id": candidate["id"], "rounds": [{"kind": "ai_interview"}]}
    interview = ask(site, "/api/interviews/", process, token)
    for _ in range(3):
        ask(site, "/api/sessions/", {"interview_id": interview["id"], "num_questions": 2}, token)
    print(token)


def finish_one(site: str, token: str) -> None:
    """The first session is over and judged, so that results, scores and reports have something to show."""
    wish = {"job_role": "Backend engineer", "num_questions": 1}
    made = ask(site, "/api/interview/create/", wish, token)
    address = f"/api/interview/{made['interview_id']}/answer/{made['questions'][0]['id']}/"
    ask(site, address, {"user_answer": "I measured it first, and then added an index."}, token)
    request = urllib.request.Request(
        f"{site}/api/interview/{made['interview_id']}/complete/",
        method="PATCH",
        headers={"Authorization": f"Bearer {token}"},
    )
    urllib.request.urlopen(request, timeout=30).close()


if __name__ == "__main__":
    main(sys.argv[1])
