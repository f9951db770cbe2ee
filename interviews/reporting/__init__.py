"""Makes the content of a report from the log, the turns, the evaluation and the notes of one session."""

from interviews.reporting.content import fingerprint, report_content

__all__ = ["fingerprint", "report_content"]
