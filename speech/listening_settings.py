"""Every constant of hearing and turn taking, in one place; each may be set per session.

Sources: "design N" names a section of the design this project was built from, "measured" refers to the
labelled answers in `speech/miniature/answers` and to recordings of people and noises
(docs/decisions/turn-taking.md), "judged" is a choice of this project to be revised by experience.
"""

import msgspec
from msgspec import Struct


class ListeningSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    # --- is it speech? (probabilities of the VAD, one for each frame of 32 ms)
    speech_from: float = 0.5  # Silero's own default; measured: starts found within 110 ms, ends within 60 ms
    speech_until: float = 0.35  # Silero's own default: 0.15 below; keeps soft word ends inside
    speech_peak: float = 0.8  # measured: speech reaches 0.96 even at 0 dB SNR, street noise at most 0.65
    onset_frames: int = 3  # judged: 96 ms, longer than a click or a key, shorter than any word
    onset_window_frames: int = 5  # judged: the three may have gaps
    min_speech_ms: int = 160  # measured: the shortest "yes" has 250 ms; a cough, a door, a key have less
    lasted_ms: int = 300  # design 3.4: a shorter sound over a reply is a cough or "mm-hm"
    dip_ms: int = 128  # measured: dips inside words last up to 96 ms; longer ones need a new onset

    # --- where utterances begin and end
    pre_roll_ms: int = 400  # design 3.2: 300 to 500
    speculate_after_ms: int = 200  # design 3.2; also the silence that is sent along after the last word
    close_after_ms: int = 400  # design 3.2
    longest_utterance_ms: int = 11_000  # design 3.2: before 12 s; the miniature model loses words beyond 11 s
    cut_not_before: float = 0.4  # judged: a cut in the first part of a stretch would leave crumbs

    # --- captions
    partial_every_ms: int = 1_000  # design 3.2: about once a second of new audio
    first_partial_ms: int = 600  # judged: captions should follow the voice at once
    barge_in_partial_ms: int = (
        450  # design 3.4: words are confirmed within 1 s of speech; leaves time to decode
    )
    unstable_words: int = 1  # judged: the last word of a partial is often cut in half

    # --- whether the turn is over
    ask_after_ms: int = 250  # design 3.3
    ask_again_after_ms: int = 350  # measured: opinions on one and the same pause scatter from 0.01 to 0.13
    ask_again_below: float = 0.2  # measured: above it the mean of two never came below `going_on_below`
    turn_window_ms: int = 8_000  # what the turn model was trained on
    complete_from: float = 0.5  # the turn model's own threshold
    going_on_below: float = 0.08  # measured, geometric mean of two: 23 of 28 pauses over 1.1 s, 4 of 52 ends
    patience_short_ms: int = 700  # design 3.3
    patience_medium_ms: int = 1_300  # design 3.3
    patience_long_ms: int = 2_500  # design 3.3
    patience_factor: float = 1.0  # the candidate's accommodation; 1 to 4
    longest_turn_ms: int = 300_000  # judged: five minutes is longer than any answer should be
    longest_turn_slack_ms: int = 15_000  # judged: then the next pause is waited for, so long at most
    return_ms: int = 5_000  # judged: coming back to an answer half said, after a break or a crash
    grace_ms: int = 2_000  # judged: who goes on so soon after the end of their turn was only thinking

    # --- learning patience from pauses inside turns
    usual_pause_ms: int = 800  # measured: the mean of the pauses inside the labelled answers is 811
    learn_longer: float = 0.2  # judged: a long pause should lengthen patience at once
    learn_shorter: float = 0.05  # judged: being cut off is worse than waiting, so short ones teach slowly
    longest_learned_pause_ms: int = 4_000  # judged: longer ones had another reason
    least_stretch: float = 0.95  # measured: medium stays over the 1 150 ms of a complete-sounding inner pause
    most_stretch: float = 2.0  # judged: beyond it, waiting is worse; an accommodation goes further

    # --- bookkeeping
    settle_every_ms: int = 500  # design 3.5: at least every second

    def __post_init__(self) -> None:
        if not 0 < self.speech_until <= self.speech_from <= 1:
            raise ValueError("speech_until must lie between 0 and speech_from, speech_from below 1")
        if not self.dip_ms < self.speculate_after_ms <= self.close_after_ms < self.shortest_wait_ms:
            raise ValueError("dip_ms, speculate_after_ms, close_after_ms and patience_short_ms must rise")
        if not self.patience_short_ms <= self.patience_medium_ms <= self.patience_long_ms:
            raise ValueError("patience_short_ms, patience_medium_ms and patience_long_ms must rise")
        if not self.ask_after_ms <= self.ask_again_after_ms < self.shortest_wait_ms:
            raise ValueError("patience_short_ms must leave time to ask the turn model twice")
        if not 1 <= self.patience_factor <= 4:
            raise ValueError("patience_factor must lie between 1 and 4")

    @property
    def shortest_wait_ms(self) -> float:
        """No pause shorter than this ends a turn."""
        return self.patience_short_ms * self.least_stretch


def settings_from(differing: dict[str, int | float]) -> ListeningSettings:
    """This will give the settings with the session's own in place; names of other modules' are passed over.

    Raises msgspec.ValidationError or ValueError where a value can't be.
    """
    own = {name: value for name, value in differing.items() if name in ListeningSettings.__struct_fields__}
    return msgspec.convert(own, ListeningSettings)
