"""The voice of somebody who has taken over: to the candidate at once, and to an ear that finds its words.

Theory of operation. What comes is pushed to an ear of its own, which tells the machine where speech begins
and ends and which words were in it. A short stretch is always kept back, because an ear knows of speech only
when some of it has passed: once the machine has made a reply of it, the stretch goes to the page, and then
every sample as it comes. Nothing of the sound is stored. All methods run on the event loop, at once.
"""

import asyncio
from collections.abc import Callable

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.hearing import Ear
from interviews.live.outlet import Outlet
from interviews.live.signals import ReplyAudio
from speech import listening as heard

RATE_HZ = 16_000
BYTES_PER_S = 2 * RATE_HZ
KEPT_BYTES = BYTES_PER_S * 2 // 5  # 400 ms: the pre-roll with which utterances begin
MOST_WAITING_BYTES = 2 * BYTES_PER_S  # while the machine makes a reply of it; no database should need longer
MOST_UNSENT_BYTES = 64 * 1024  # two seconds: who reads so slowly hears gaps rather than the past
DRY_AFTER_S = 1.0  # a stream that stops in mid-word is over
MOST_BEHIND_S = 3.0  # judged: more of a stretch without words than that is no echo's delay
LOST_WORDS = "[not understood]"


class PersonVoice:
    """In one session. `hear` takes 16 kHz PCM in order, from whoever has taken over at that moment."""

    def __init__(
        self,
        make_ear: Callable[[Callable[[heard.Heard], None]], Ear],
        *,
        put: Callable[[inp.Input], None],
        outlet: Callable[[], Outlet | None],
        overheard: Callable[[bytes, str], None],
        dry_after_s: float = DRY_AFTER_S,
    ) -> None:
        """`put` takes inputs of the machine; `overheard` what was sent to the page, and whose it is."""
        self._make_ear = make_ear
        self._put = put
        self._outlet = outlet
        self._overheard = overheard
        self._dry_after_s = dry_after_s
        self._ear: Ear | None = None
        self._retired: list[Ear] = []
        self._ref = ""
        self._waiting = bytearray()
        self._is_speaking = False
        self._reply_id = 0  # 0 while nothing goes to the page
        self._samples = 0
        self._told: Outlet | None = None  # the page that knows that this audio comes
        self._dry: asyncio.TimerHandle | None = None
        self._unknown_since: float | None = None  # since when there are words of theirs that nobody knows yet

    def hear(self, ref: str, pcm: bytes) -> None:
        self._ref = ref
        if self._ear is None:
            self._ear = self._make_ear(self._on_heard)
            self._ear.open_turn(has_spoken=False)
        if self._reply_id:
            self._send(pcm)
        else:
            self._waiting += pcm
            most = MOST_WAITING_BYTES if self._is_speaking else KEPT_BYTES
            del self._waiting[: max(0, len(self._waiting) - most)]
        self._watch_for_end()
        self._ear.push(pcm)

    @property
    def is_behind(self) -> bool:
        """Whether they have said something a moment ago whose words are not known yet."""
        since = self._unknown_since
        return since is not None and asyncio.get_running_loop().time() - since < MOST_BEHIND_S

    def is_relaying(self, reply_id: int) -> bool:
        return self._reply_id == reply_id

    def begin_relay(self, reply_id: int) -> None:
        """From here on it goes to the page as this reply, from a little before it began."""
        if self._reply_id == reply_id:
            return
        self._reply_id, self._samples, self._told = reply_id, 0, None
        waiting, self._waiting = bytes(self._waiting), bytearray()
        self._send(waiting)

    def end_relay(self) -> None:
        outlet, reply_id = self._outlet(), self._reply_id
        self._reply_id = 0
        if reply_id and outlet is not None and outlet is self._told:
            outlet.send_signal(ReplyAudio(reply_id=reply_id, index=0, state="ends", samples=self._samples))

    def note(self, event: ev.Event) -> None:
        """When they have given the word back, the words of what they said last may still come."""
        if isinstance(event, ev.TakeoverEnded) and self._ear is not None:
            self._ear.pause()
            self._retired.append(self._ear)
            self._ear = None
            self._forget()

    async def aclose(self) -> None:
        self._forget()
        ears = self._retired if self._ear is None else [*self._retired, self._ear]
        for ear in ears:
            await ear.aclose()

    def _forget(self) -> None:
        self._waiting.clear()
        self._is_speaking = False
        self._unknown_since = None
        if self._dry is not None:
            self._dry.cancel()

    # --- to the page

    def _send(self, pcm: bytes) -> None:
        outlet = self._outlet()
        if pcm:
            self._overheard(pcm, self._ref)
        if outlet is None or not pcm or outlet.unsent_bytes > MOST_UNSENT_BYTES:
            return
        if outlet is not self._told:
            self._told, self._samples = outlet, 0
            outlet.send_signal(ReplyAudio(reply_id=self._reply_id, index=0, state="begins"))
        outlet.send_audio(self._reply_id, RATE_HZ, pcm)
        self._samples += len(pcm) // 2

    # --- from the ear

    def _on_heard(self, value: heard.Heard) -> None:
        match value:
            case heard.SpeechStarted():
                self._is_speaking = True
                if self._unknown_since is None:
                    self._unknown_since = asyncio.get_running_loop().time()
                self._put(inp.PersonBeganToSpeak(ref=self._ref))
            case heard.SpeechStopped():
                self._is_speaking = False
            case heard.PartialHeard():
                self._put(inp.PersonWasPartlyHeard(text=value.text, stable_chars=value.stable_chars))
            case heard.UtteranceHeard():
                self._is_known()
                self._put(inp.PersonWasHeard(text=value.text))
            case heard.UtteranceLost():
                self._is_known()
                self._put(inp.PersonWasHeard(text=LOST_WORDS))
            case heard.UtteranceEmpty():
                self._is_known()
                self._put(inp.PersonWasNotUnderstood())
            case heard.TurnEndHeard():
                self._put(inp.PersonFellSilent())
                if self._ear is not None:
                    self._ear.open_turn(has_spoken=False)

    def _is_known(self) -> None:
        self._unknown_since = asyncio.get_running_loop().time() if self._is_speaking else None

    def _watch_for_end(self) -> None:
        if self._dry is not None:
            self._dry.cancel()
        self._dry = asyncio.get_running_loop().call_later(self._dry_after_s, self._run_dry)

    def _run_dry(self) -> None:
        """Nothing comes any more: what was begun is finished, and what comes next is something new."""
        if self._ear is not None:
            self._ear.pause()
        self._is_speaking = False
        self._waiting.clear()
