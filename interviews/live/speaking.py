"""Gives the running reply a voice: sentences are synthesised in order and go to the page as they come.

Theory of operation. Sentences of one reply are remembered with what was made of them. One task, the delivery,
carries them to one page, from some sentence on, and waits for those that are still being worded; it asks for
the audio of a sentence and of the next one, never of more. A page that comes back gets a delivery of its own
when it says what it lacks, out of what is kept. When the reply is no longer the running one, all of it goes
at once. The machine knows nothing of this, and what fails here costs the candidate nothing but the voice.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

from interviews.live.outlet import Outlet
from interviews.live.signals import AudioState, ReplyAudio
from speech.speaking import BYTES_PER_SAMPLE, Spoken, Voice
from speech.transcript import EngineError

logger = logging.getLogger(__name__)

FRAME_BYTES = 32 * 1024 - 8  # with its head a power of two; two thirds of a second at 24 kHz
# What may lie unsent at the socket: words that come after it should not wait for more than half a second.
MOST_UNSENT_BYTES = 64 * 1024
LOOK_AGAIN_S = 0.02
KEPT_BYTES = 8 * 1024 * 1024  # of one reply; nearly three minutes at 24 kHz
REST_S = 20.0  # judged: so long a voice that failed is left alone
SLOW_SPEED = 0.8  # of whoever has asked for a slow voice; the page's own is slowed as much
SAMPLE_REPLY = 0  # no reply has this number: it names the sentence of the microphone check
SAMPLE = "This is how the interviewer will sound. You don't need to answer."


class _Sentence:
    """The audio of one sentence as it comes in."""

    def __init__(self) -> None:
        self.pcm = bytearray()
        self.rate_hz = 0
        self.state: AudioState = "begins"  # it "ends" or has "failed" when nothing more will come
        self.task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    def add(self, spoken: Spoken) -> None:
        if self.rate_hz not in {0, spoken.rate_hz}:
            raise EngineError("The voice changed its rate.")
        self.rate_hz = spoken.rate_hz
        self.pcm += spoken.pcm
        self._news.set()

    def finish(self, state: AudioState) -> None:
        self.state = state
        self._news.set()

    async def grows_beyond(self, sent: int) -> None:
        while len(self.pcm) <= sent and self.state == "begins":
            self._news.clear()
            await self._news.wait()


class _Reply:
    def __init__(self, reply_id: int) -> None:
        self.reply_id = reply_id
        self.texts: dict[int, str] = {}
        self.sentences: dict[int, _Sentence] = {}
        self.at = -1  # the sentence that is being delivered
        self.delivery: asyncio.Task[None] | None = None
        self.outlet: Outlet | None = None
        self.worded = asyncio.Event()

    def drop(self) -> None:
        for task in (self.delivery, *(sentence.task for sentence in self.sentences.values())):
            if task is not None:
                task.cancel()


class Speaker:
    """The interviewer's voice in one session. No method waits for anything."""

    def __init__(
        self,
        voice: Voice | None,
        outlet: Callable[[], Outlet | None],
        *,
        rest_s: float = REST_S,
        overheard: Callable[[int, int, bytes], None] = lambda reply_id, rate_hz, pcm: None,
    ) -> None:
        """`overheard` is told all audio that goes to the page: reply, rate in Hz, PCM."""
        self._voice = voice
        self._outlet = outlet
        self._rest_s = rest_s
        self._overheard = overheard
        self._rests_until = 0.0
        self._replies: dict[int, _Reply] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._speed = 1.0

    def say(self, reply_id: int, index: int, text: str) -> None:
        """The page was just sent this sentence."""
        if self._voice is None:
            return
        self.keep_only(reply_id)
        reply = self._reply(reply_id)
        reply.texts[index] = text
        reply.worded.set()
        if not self._is_delivering(reply):
            self._deliver(reply, index)
        elif index <= reply.at + 1:
            self._synthesise(reply, index)

    def give(self, reply_id: int, sentences: tuple[str, ...], from_index: int) -> None:
        """The page lacks the audio of the running reply, whose sentences so far are these, from there on."""
        if self._voice is None:
            return
        self.keep_only(reply_id)
        reply = self._reply(reply_id)
        reply.texts.update(enumerate(sentences))
        self._deliver(reply, min(from_index, len(sentences)))

    def suit(self, accommodations: dict[str, Any]) -> None:
        """Speak as this candidate has asked for."""
        self._speed = SLOW_SPEED if accommodations.get("slow_voice") else 1.0

    def give_sample(self) -> None:
        self.give(SAMPLE_REPLY, (SAMPLE,), 0)

    def keep_only(self, reply_id: int) -> None:
        """Only this reply is still of interest; whatever is made or sent of others ends now."""
        for stale in [reply for reply in self._replies.values() if reply.reply_id != reply_id]:
            del self._replies[stale.reply_id]
            stale.drop()

    async def aclose(self) -> None:
        self.keep_only(-1)
        await asyncio.gather(*self._ending, return_exceptions=True)

    def _reply(self, reply_id: int) -> _Reply:
        return self._replies.setdefault(reply_id, _Reply(reply_id))

    def _start(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task

    # --- to the page

    def _is_delivering(self, reply: _Reply) -> bool:
        is_running = reply.delivery is not None and not reply.delivery.done()
        return is_running and reply.outlet is self._outlet()

    def _deliver(self, reply: _Reply, from_index: int) -> None:
        if reply.delivery is not None:
            reply.delivery.cancel()
        outlet = reply.outlet = self._outlet()
        if outlet is None:
            return  # whoever comes back asks for what was said meanwhile
        work = self._carry(reply, from_index, outlet)
        reply.at = from_index - 1
        reply.delivery = self._start(asyncio.get_running_loop().create_task(work))

    async def _carry(self, reply: _Reply, index: int, outlet: Outlet) -> None:
        while outlet is self._outlet():
            while index not in reply.texts:
                reply.worded.clear()
                await reply.worded.wait()
            reply.at = index
            sentence = self._synthesise(reply, index)
            if index + 1 in reply.texts:
                self._synthesise(reply, index + 1)
            if not await self._send(reply.reply_id, index, sentence, outlet):
                return
            self._trim(reply)
            index += 1

    async def _send(self, reply_id: int, index: int, sentence: _Sentence, outlet: Outlet) -> bool:
        """Send one sentence as it comes; False when the page has gone meanwhile."""
        await sentence.grows_beyond(0)
        if sentence.pcm:
            outlet.send_signal(ReplyAudio(reply_id=reply_id, index=index, state="begins"))
        sent = 0
        while True:
            await sentence.grows_beyond(sent)
            if sent == len(sentence.pcm):
                break
            if not await self._has_room(outlet):
                return False
            piece = bytes(sentence.pcm[sent : sent + FRAME_BYTES])
            outlet.send_audio(reply_id, sentence.rate_hz, piece)
            self._overheard(reply_id, sentence.rate_hz, piece)
            sent += len(piece)
        samples = sent // BYTES_PER_SAMPLE
        outlet.send_signal(ReplyAudio(reply_id=reply_id, index=index, state=sentence.state, samples=samples))
        return True

    async def _has_room(self, outlet: Outlet) -> bool:
        """Wait for a slow reader; False when it has gone."""
        while outlet is self._outlet():
            if outlet.unsent_bytes <= MOST_UNSENT_BYTES - FRAME_BYTES:
                return True
            await asyncio.sleep(LOOK_AGAIN_S)
        return False

    def _trim(self, reply: _Reply) -> None:
        """Forget the oldest of what was delivered when it is too much; a page that wants it has it remade."""
        for index in sorted(reply.sentences):
            if index > reply.at or sum(len(one.pcm) for one in reply.sentences.values()) <= KEPT_BYTES:
                return
            del reply.sentences[index]

    # --- from the voice

    def _synthesise(self, reply: _Reply, index: int) -> _Sentence:
        """The audio of a sentence: what there is of it already, or as it is made from now on."""
        known = reply.sentences.get(index)
        if known is not None and known.state != "failed":
            return known
        sentence = reply.sentences[index] = _Sentence()
        if asyncio.get_running_loop().time() < self._rests_until:
            sentence.finish("failed")
        else:
            work = self._make(reply.texts[index], sentence)
            sentence.task = self._start(asyncio.get_running_loop().create_task(work))
        return sentence

    async def _make(self, text: str, sentence: _Sentence) -> None:
        state: AudioState = "failed"
        try:
            await self._listen_to_voice(text, sentence)
            state = "ends" if sentence.pcm else "failed"
        except EngineError as error:
            logger.warning("the voice failed, the page's own takes over: %s", error)
        except Exception:  # whatever it was, the candidate must not wait for it
            logger.exception("the voice broke")
        finally:
            sentence.finish(state)
        if state == "failed":
            self._rests_until = asyncio.get_running_loop().time() + self._rest_s

    async def _listen_to_voice(self, text: str, sentence: _Sentence) -> None:
        if self._voice is None:
            raise EngineError("There is no voice.")
        async with aclosing(self._voice.speak(text, speed=self._speed)) as pieces:
            async for spoken in pieces:
                sentence.add(spoken)
                if len(sentence.pcm) > KEPT_BYTES:
                    raise EngineError("The voice does not come to an end.")
