"""A page's microphone that is silent until a test speaks into it."""

import base64
from typing import Any

from playwright.sync_api import Page

from e2e.microphone import ANSWERS

# Whether there is one and who may have it stays the browser's to say; only what it hears is ours.
SCRIPT = """
{
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  let context, out, track;
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const [real] = (await ask(wish)).getAudioTracks();
    context ??= new AudioContext();
    out = context.createMediaStreamDestination();
    [track] = out.stream.getAudioTracks();
    track.getSettings = () => real.getSettings();
    return out.stream;
  };
  window.isMicrophoneOpen = () => track?.readyState === "live";
  window.speak = async ({ encoded, seconds }) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(out);
    source.start(0, 0, seconds ?? source.buffer.duration);
  };
}
"""


class ScriptedMicrophone:
    """Opened by the page as a real one; a test need not guess when that will be, as with a file."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(SCRIPT)

    def is_open(self) -> bool:
        """Whether the page holds it; once it let go of it no sound can come from there."""
        return bool(self._page.evaluate("isMicrophoneOpen()"))

    def say(self, answer: str, *, seconds: float | None = None) -> None:
        """Begin to speak the labelled answer of that name, or only its first `seconds`."""
        said: dict[str, Any] = {"seconds": seconds}
        said["encoded"] = base64.b64encode((ANSWERS / f"{answer}.flac").read_bytes()).decode()
        self._page.evaluate("speak", said)
