"""Every constant of the live session's flow that is not hearing's, in one place; each may be set per session.

Hearing's own (pauses, windows, patience) stand in `speech/listening_settings.py`. Sources: "measured" names
the labelled answers of `speech/miniature`, "judged" is a choice of this project to be revised by experience.
"""

import msgspec
from msgspec import Struct


class SessionConstants(Struct, frozen=True, kw_only=True, omit_defaults=True):
    confirm_barge_in_ms: int = 1_000  # judged: long enough for a first partial, short enough not to be a hole
    reopen_grace_ms: int = 2_000  # judged: an afterthought comes within two seconds of one's own last word
    overtake_grace_ms: int = (
        4_000  # judged: words over the first seconds of a reply belong to the turn before
    )
    nudge_after_ms: int = 12_000  # judged: silence before the first gentle nudge
    rephrase_after_ms: int = 15_000  # judged: and again before each further step of the ladder
    hold_ms: int = 60_000  # judged: what "give me a moment" is worth before a nudge is allowed
    away_pause_ms: int = 60_000  # design 3.1
    empty_turn_ms: int = 2_500  # as long patience: when nothing but noise followed what was said
    chars_per_second: float = 14.0  # usual reading-aloud rate of English, about 150 words a minute
    playback_slack_ms: int = 4_000  # judged: what a slow voice may need beyond that before we stop waiting
    playback_stretch: float = 1.8  # a slower voice, as an accommodation, may take this much longer
    whisper_replies: int = 3  # judged: advice on tone or a topic has served, or has been passed over, by then
    most_waiting_words: int = 10  # judged: what people give to say; more is a speech
    takeover_grace_ms: int = (
        15_000  # a page comes back within 7 s (protocol), a killed process leaves its lease 15
    )
    takeover_beat_ms: int = 5_000  # two signs of life may be lost before nobody is taken to be there
    person_silence_ms: int = 4_000  # judged: then a person has finished, whatever became of their last words
    echo_slack_ms: int = 2_000  # judged: so much later than we think a page may play what a person says
    resume_window_ms: int = 24 * 3_600_000  # design 3.1, RESUME_WINDOW


def constants_from(differing: dict[str, int | float]) -> SessionConstants:
    """The constants with the session's own in place; names of other modules' are passed over."""
    own = {name: value for name, value in differing.items() if name in SessionConstants.__struct_fields__}
    return msgspec.convert(own, SessionConstants)


def reading_ms(constants: SessionConstants, text: str) -> int:
    """How long `text` takes to be said or read, without slack."""
    return int(len(text) / constants.chars_per_second * 1_000)
