"""Counts how groups pass in one organisation. Answers meet outcomes here, in memory, and leave as counts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from msgspec.structs import replace

from hiring.models import Decision
from interviews.access import THERE
from interviews.dashboard.impact_ratios import Case, Impact, scoring, selection
from interviews.groups import key_of
from interviews.kept_evaluations import kept_overall
from interviews.models import GroupAnswer, Session

MOST = 20_000  # sessions, the latest
SEX, ETHNICITY = ("sex",), ("ethnicity",)
BOTH = (*SEX, *ETHNICITY)
# To hold is not to have decided yet.
FINAL = {Decision.Verdict.ADVANCE: True, Decision.Verdict.DECLINE: False}


def impact_of(organisation_id: int) -> list[Impact]:
    """Over the whole organisation, whatever the page is narrowed to: two periods that differ by a day would
    tell about the one person between them. Two queries.
    """
    cases = list(_cases(organisation_id))
    by_sex = selection("Selection by sex", cases, SEX)
    by_race = selection("Selection by race or ethnicity", cases, ETHNICITY)
    score_by_sex = scoring("Scores above the median by sex", cases, SEX)
    score_by_race = scoring("Scores above the median by race or ethnicity", cases, ETHNICITY)
    return [
        by_sex,
        by_race,
        selection("Selection by both", cases, BOTH, (by_sex, by_race)),
        score_by_sex,
        score_by_race,
        scoring("Scores above the median by both", cases, BOTH, (score_by_sex, score_by_race)),
    ]


def _cases(organisation_id: int) -> Iterable[Case]:
    """One for each interview, however many sessions it was held in: the newest answer and score stand."""
    answers = GroupAnswer.objects.filter(organisation=organisation_id)
    told = {key: (sex, ethnicity) for key, sex, ethnicity in answers.values_list("key", "sex", "ethnicity")}
    if not told:
        return ()
    latest = Decision.objects.filter(interview=OuterRef("round__interview")).order_by("-decided_at", "-pk")
    hiring = Q(organisation=organisation_id, purpose=Session.Purpose.HIRING, status__in=Session.OVER)
    sessions = Session.objects.filter(THERE, hiring).order_by("-created_at", "-pk")
    rows = sessions.annotate(verdict=Subquery(latest.values("verdict")[:1]), overall=kept_overall("pk"))
    columns = ("uuid", "round__interview", "verdict", "overall")
    cases: dict[UUID | int, Case] = {}
    for uuid, interview, verdict, overall in rows.values_list(*columns)[:MOST]:
        if (groups := told.get(key_of(uuid))) is None:
            continue
        newer = cases.get(interview or uuid)
        if newer is None:
            cases[interview or uuid] = Case(*_named(*groups), FINAL.get(verdict), overall)
        elif newer.score is None:
            cases[interview] = replace(newer, score=overall)
    return cases.values()


def _named(sex: str, ethnicity: str) -> tuple[str, str]:
    return (
        GroupAnswer.Sex(sex).label if sex else "",
        GroupAnswer.Ethnicity(ethnicity).label if ethnicity else "",
    )
