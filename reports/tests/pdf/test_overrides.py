"""What people set instead of a judgement stands in the panel's report with name and reason, nowhere else."""

from datetime import date

import msgspec

from reports import sample
from reports.content import ReportContent
from reports.editions import candidate_edition
from reports.overrides import Overridden, Override

REASON = "The way back was named in other words."


def overridden(*, score: int | None = 4) -> ReportContent:
    content = sample.short()
    made = Override(1, "Dana Cohen", score, REASON, date(2026, 11, 21), instead_of=2, points=score and 75.0)
    comes_to = Overridden(
        value=71.0,
        level="Good",
        answers_scored=5,
        answers_set=1,
        competencies=(("Ownership", 4.5, 2), ("Leadership", None, 0)),
    )
    overall = msgspec.structs.replace(content.overall, overridden=comes_to)
    return msgspec.structs.replace(content, overrides=(made,), overall=overall)


def test_who_set_what_and_why(text_of) -> None:
    text = text_of(overridden())
    assert "4 of 5 instead of 2" in text
    assert f"Dana Cohen, 21 November 2026: {REASON}" in text
    assert "With people's overrides: 71 of 100 (Good), on 5 scored answers; 1 set by a person." in text


def test_what_a_person_marked_as_not_scorable(text_of) -> None:
    assert "Not scorable" in text_of(overridden(score=None))


def charts(read, content: ReportContent) -> str:
    tree = read(content).trailer["/Root"]["/StructTreeRoot"]
    return " ".join(alts(tree["/K"]))


def alts(element) -> list[str]:
    kids = element.get("/K", [])
    found = [str(element["/Alt"])] if "/Alt" in element else []
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            found += alts(one)
    return found


def test_the_charts_show_what_it_comes_to_beside_what_was_computed(read, text_of) -> None:
    told = charts(read, overridden())
    assert "Ownership 3.7 from 2 answers, with overrides 4.5, people 4.0" in told
    assert "74 of 100, Good. With people's overrides 71." in told
    text = text_of(overridden())
    assert "Ownership 3.7 4.5 2" in text
    assert "with people's overrides" in text
    assert "with overrides" not in charts(read, sample.short())


def test_the_anchors_in_words_name_the_one_that_people_set(text_of) -> None:
    text = text_of(overridden())
    anchors = sample.short().competencies[0].anchors
    assert f"5 overridden {anchors['5']} 4 nearest {anchors['4']}" in text
    assert "overridden" not in text_of(sample.short())


def test_a_competency_with_nothing_left_to_score_says_so(read, text_of) -> None:
    name = sample.short().competencies[0].name
    content = overridden(score=None)
    comes_to = msgspec.structs.replace(content.overall.overridden, competencies=((name, None, 0),))
    overall = msgspec.structs.replace(content.overall, overridden=comes_to)
    content = msgspec.structs.replace(content, overall=overall)
    assert f"{name} 3.7 from 2 answers, with overrides nothing scorable" in charts(read, content)
    text = text_of(content)
    assert f"{name} 3.7 none left 2 → 0" in text


def test_the_candidate_reads_the_score_that_counts_without_names(text_of) -> None:
    policy = msgspec.structs.replace(sample.short().candidate_policy, shows_scores=True)
    content = msgspec.structs.replace(overridden(), candidate_policy=policy)
    own = candidate_edition(content)
    assert own.score is not None
    assert own.score.value == 71.0
    assert own.questions[0].score == 75.0
    text = text_of(sample.as_candidate(content, shows_scores=True))
    assert REASON not in text
    assert "instead of 2" not in text
