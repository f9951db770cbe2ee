"""A real server, a real browser, and interviews to open in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from e2e.accessible import WIDTHS
from e2e.served import FOR_TESTS, Served
from speech.backends.miniature import kept_model

# Playwright itself waits 5 s; a machine with other tests on it may need that long for one page.
expect.set_options(timeout=20_000)

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


@dataclass(frozen=True)
class Interview:
    """How to enter one, as candidate and as recruiter."""

    uuid: str
    token: str
    user: str
    password: str


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_model(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def server(miniature: Path) -> Iterator[Served]:
    with Served(miniature, **FOR_TESTS) as running:
        yield running


@pytest.fixture
def make_interview(server: Served) -> Callable[..., Interview]:
    def make(*keys: str) -> Interview:
        return Interview(**server.make("interview", *keys))

    return make


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A browser whose microphone hums and beeps."""
    running = driver.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
    yield running
    running.close()


@pytest.fixture
def launch_speaking(driver: Playwright, chromium_path: str) -> Iterator[Callable[[Path], Browser]]:
    """A browser whose microphone is a file."""
    running: list[Browser] = []

    def launch(wav: Path) -> Browser:
        capture = f"--use-file-for-fake-audio-capture={wav}%noloop"
        running.append(driver.chromium.launch(executable_path=chromium_path, args=[*FLAGS, capture]))
        return running[-1]

    yield launch
    for one in running:
        one.close()


@dataclass
class Seen:
    """What a page complained about."""

    problems: list[str]


def open_page(browser: Browser, address: str, **options: object) -> tuple[BrowserContext, Page, Seen]:
    context = browser.new_context(base_url=address, **{"permissions": ["microphone"], **options})  # type: ignore[arg-type]
    page = context.new_page()
    seen = Seen([])
    page.on("pageerror", lambda error: seen.problems.append(str(error)))
    page.on(
        "console", lambda said: seen.problems.append(said.text) if "Content Security" in said.text else None
    )
    return context, page, seen


@pytest.fixture
def visit(server: Served) -> Iterator[Callable[..., tuple[Page, Seen]]]:
    """Opens a page of its own context at the server; nothing it complains about may be left at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[Seen] = []

    def open_at(browser: Browser, *, port: int | None = None, **options: object) -> tuple[Page, Seen]:
        address = f"http://localhost:{port or server.port}"
        context, page, seen = open_page(browser, address, **options)
        contexts.append(context)
        complaints.append(seen)
        return page, seen

    yield open_at
    for context in contexts:
        context.close()
    assert [problem for seen in complaints for problem in seen.problems] == []


@pytest.fixture(params=["light-phone", "dark-desk"])
def page(request: pytest.FixtureRequest, browser: Browser, visit: Callable[..., tuple[Page, Seen]]) -> Page:
    """One page in a light phone and a dark desktop, without motion."""
    theme, width = request.param.split("-")
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    page, _ = visit(browser, color_scheme=theme, viewport=size, reduced_motion="reduce")
    return page
