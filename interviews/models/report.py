"""That a session has a report; the document itself is made from the log whenever it is asked for."""

from django.db import models

from interviews.models.session import Session


class Report(models.Model):
    """One per session. Equal logs give equal bytes, so the file need not be kept."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="report")
    generated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Report of {self.session_id}"
