"""Asks a freshly started Viva, through its proxy, for what a first visitor asks for."""

import json
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE_S = 90.0
PAUSE_S = 0.3


def main(room: str, *processes: str) -> None:
    site = f"{urlsplit(room).scheme}://{urlsplit(room).netloc}"
    for process in (*processes, site):
        health = wait_for(f"{process}/api/health/")
        print(f"{process}/api/health/ answers: {health.get('status', health)}")
    print(f"background work is done by {wait_for_celery(site)}")
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    with browser.open(room, timeout=10) as page:
        assert "/i/" not in page.url, "the token must leave the address"
        assert page.headers["Content-Security-Policy"], "pages carry a content security policy"
        uuid = page.url.rstrip("/").rpartition("/")[2]
    token = room.rstrip("/").rpartition("/")[2]
    address = f"ws://{urlsplit(room).netloc}/ws/interviews/{uuid}/"
    header = {"X-Interview-Token": token}
    with connect(address, subprotocols=[Subprotocol("viva.v1")], additional_headers=header) as socket:
        socket.send(json.dumps({"type": "hello", "last_seq": 0}))
        snapshot = json.loads(socket.recv(timeout=20))
    assert snapshot["type"] == "session.snapshot", snapshot
    print(f"the socket answers through the proxy: {snapshot['type']}, state {snapshot['state']}")


def wait_for(address: str) -> dict[str, object]:
    """This will ask until there is an answer; it gives up after PATIENCE_S."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return dict(json.load(answer))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE_S)


def wait_for_celery(site: str) -> str:
    """This will ask until a worker has said that it is there; gives who does the work."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        work = wait_for(f"{site}/api/health/")["background_work"]
        assert isinstance(work, dict), work
        if work["by"] == "celery":
            return "celery"
        time.sleep(PAUSE_S)
    raise TimeoutError("no Celery worker has said that it is there")


if __name__ == "__main__":
    main(*sys.argv[1:])
