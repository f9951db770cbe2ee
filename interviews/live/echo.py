"""Whether words on the candidate's line are a person's own, come back through the microphone. Pure."""

from interviews.live.draft import Draft
from speech.echo import resembles


def is_persons_echo(draft: Draft, text: str, start_ms: int) -> bool:
    """Of a person's running line, or of one that was still heard when `text` began on the audio line."""
    state = draft.state
    reply = state.reply
    if reply is not None and reply.by != "ai" and resembles(text, reply.text):
        return True
    slack_ms = state.constants.echo_slack_ms
    heard = [line.text for line in state.said_lines if start_ms <= line.end_ms + slack_ms]
    return any(resembles(text, line) for line in heard)
