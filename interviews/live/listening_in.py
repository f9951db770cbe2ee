"""What observers hear: the candidate as they are heard, the interviewer as it is played, framed once.

Nothing is framed, resampled or kept while nobody listens. The interviewer's audio is made faster than it is
played: it waits here and goes out at the pace of the candidate's playback, so that both sides stand where
they stood in the room.
"""

import asyncio
from collections.abc import Callable
from typing import Literal

import numpy as np

from interviews.live import events as ev
from interviews.live.live_edge import LiveEdge
from speech.line import MAX_OFFSET, OFFSET_BYTES

SAMPLE_RATE = 16_000
BYTES_PER_S = 2 * SAMPLE_RATE
PIECE_BYTES = BYTES_PER_S // 10
KEPT_BYTES = 120 * BYTES_PER_S  # of one reply; longer ones end unheard by those who listen in
Side = Literal[0, 1]
CANDIDATE: Side = 0
INTERVIEWER: Side = 1


def frame_of(side: Side, offset: int, pcm: bytes) -> bytes:
    """This will make the binary message for observers: side, offset (16 kHz samples), s16le PCM."""
    return bytes((side,)) + min(offset, MAX_OFFSET).to_bytes(OFFSET_BYTES, "little") + pcm


def to_line_rate(pcm: bytes, rate_hz: int) -> bytes:
    """This will give mono s16le PCM of any rate at 16 kHz; good enough to follow a conversation."""
    if rate_hz == SAMPLE_RATE:
        return pcm
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2")
    count = len(samples) * SAMPLE_RATE // rate_hz
    at = np.arange(count) * (rate_hz / SAMPLE_RATE)
    wanted: bytes = np.interp(at, np.arange(len(samples)), samples).astype("<i2").tobytes()
    return wanted


class ListenIn:
    """Of one session. Every method returns at once."""

    def __init__(
        self,
        publish: Callable[[bytes, str], None],
        *,
        is_wanted: Callable[[], bool],
        line_offset: Callable[[], int],
    ) -> None:
        """`publish` takes a frame, and the ref of the one observer who is not to hear it ("" for nobody)."""
        self._publish = publish
        self._is_wanted = is_wanted
        self._line_offset = line_offset
        self._edge = LiveEdge()
        self._reply_id = 0
        self._waiting = bytearray()
        self._is_playing = False
        self._player: asyncio.Task[None] | None = None
        self._said_to = 0

    def line_goes_on(self) -> None:
        """A line begins, or goes on after it stood still: where its live edge is now is not known."""
        self._edge = LiveEdge()

    def hear_candidate(self, offset: int, pcm: bytes, *, is_owed: bool) -> None:
        """These samples were just taken. `is_owed`: the page holds newer ones already."""
        now_ms = asyncio.get_running_loop().time() * 1_000
        is_live = self._edge.is_live(now_ms, (offset + len(pcm) // 2) * 1_000 / SAMPLE_RATE)
        if is_live and not is_owed and self._is_wanted():
            self._publish(frame_of(CANDIDATE, offset, pcm), "")

    def hear_reply(self, reply_id: int, rate_hz: int, pcm: bytes) -> None:
        """The page was just sent this audio of a reply; it is heard when the page says that it plays."""
        if not self._is_wanted():
            return
        if reply_id != self._reply_id:
            self._reply_id = reply_id
            self._waiting.clear()
        if len(self._waiting) < KEPT_BYTES:
            self._waiting += to_line_rate(pcm, rate_hz)
        self._go_on()

    def hear_person(self, pcm: bytes, ref: str) -> None:
        """Whoever has taken over just said this (16 kHz); `ref` is their own presence."""
        if self._is_wanted():
            self._say(pcm, but_for=ref)

    def note(self, event: ev.Event) -> None:
        """Playback begins, stands still, goes on or ends as the log has it."""
        if isinstance(event, ev.PlaybackBegan):
            self._is_playing = True
            self._go_on()
        elif isinstance(event, ev.BargeInStarted):
            self._stand_still()
        elif isinstance(event, ev.BargeInDismissed):
            self._is_playing = True
            self._go_on()
        elif isinstance(event, ev.PlaybackEnded) and event.outcome == "finished":
            return  # the last tenths of a second may still be on their way
        elif isinstance(event, ev.PlaybackEnded | ev.ReplyWithdrawn | ev.SessionEnded):
            self._stand_still()
            self._waiting.clear()

    async def aclose(self) -> None:
        player = self._player
        self._stand_still()
        if player is not None:
            await asyncio.gather(player, return_exceptions=True)

    def _stand_still(self) -> None:
        self._is_playing = False
        if self._player is not None:
            self._player.cancel()
            self._player = None

    def _go_on(self) -> None:
        if self._is_playing and self._waiting and (self._player is None or self._player.done()):
            self._player = asyncio.get_running_loop().create_task(self._play())

    async def _play(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while self._waiting:
            piece = bytes(self._waiting[:PIECE_BYTES])
            del self._waiting[:PIECE_BYTES]
            if self._is_wanted():
                self._say(piece)
            due += len(piece) / BYTES_PER_S
            await asyncio.sleep(due - loop.time())

    def _say(self, pcm: bytes, *, but_for: str = "") -> None:
        offset = max(self._said_to, self._line_offset())
        self._said_to = offset + len(pcm) // 2
        self._publish(frame_of(INTERVIEWER, offset, pcm), but_for)
