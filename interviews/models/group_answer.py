"""Which groups a candidate counts themselves to: kept apart from the interview, only ever counted."""

from django.db import models

from accounts.models import Organisation


class GroupAnswer(models.Model):
    """One candidate's. No column leads to a session, a job, a time or a person: `key` is a keyed hash that
    only the server can make again, see interviews.groups.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        ANOTHER = "another", "Another"

    class Ethnicity(models.TextChoices):
        """The categories of the US EEO-1 report, which impact ratios are asked for by."""

        HISPANIC = "hispanic", "Hispanic or Latino"
        WHITE = "white", "White"
        BLACK = "black", "Black or African American"
        PACIFIC = "pacific", "Native Hawaiian or Pacific Islander"
        ASIAN = "asian", "Asian"
        NATIVE = "native", "Native American or Alaska Native"
        SEVERAL = "several", "Two or more of these"

    key = models.CharField(primary_key=True, max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="group_answers")
    sex = models.CharField(max_length=8, choices=Sex, blank=True)
    ethnicity = models.CharField(max_length=8, choices=Ethnicity, blank=True)

    def __str__(self) -> str:
        return "a group answer"
