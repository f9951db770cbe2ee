"""What a session does not take now."""


class RefusedError(Exception):
    """The session does not take this now: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
