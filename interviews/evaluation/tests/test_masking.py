"""Names go out of what a model is shown and come back into its quotes."""

import pytest

from interviews.evaluation.form import AnswerForm, FindingForm, PointForm
from interviews.evaluation.masking import mask, restore


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("Hello, Zoë Müller here. Zoë led it.", ("Zoë Müller",), "Hello, [name] [name] here. [name] led it."),
        ("My name is Anna Maria Smith and I lead.", (), "My name is [name] and I lead."),
        ("my name is anna and i lead", (), "my name is [name] and i lead"),
        ("I will do it, said Will.", ("Will Li",), "I will do it, said [name]."),
        ("They call me O'Neil. O'Neil did it.", (), "They call me [name]. [name] did it."),
        ("Nobody is named.", ("", "Li"), "Nobody is named."),
        ("محمد علي قاد الفريق", ("محمد علي",), "[name] [name] قاد الفريق"),
        ("A.*+ [x]", ("A.*+ [x]",), "A.*+ [x]"),
    ],
)
def test_names_are_masked(text: str, names: tuple[str, ...], shown: str) -> None:
    assert mask(text, names).text == shown


def test_quotes_get_their_names_back() -> None:
    said = "I am Ada Byron and Ada moved the data. My name is Grace."
    masked = mask(said, ("Ada Byron",))
    form = AnswerForm(
        gist="",
        points=[PointForm(1, True, "[name] moved the data"), PointForm(2, True, "[name] sold the data")],
        accuracy=0,
        clarity=0,
        depth=0,
        anchor=1,
        strengths=[FindingForm("x", "I am [name] [name] and [name] moved")],
        improvements=[FindingForm("x", "My name is [name]")],
        keywords=[],
        feedback="",
        candidate_feedback="",
    )
    restore(form, masked, said)
    assert form.points[0].quote == "Ada moved the data"
    assert form.strengths[0].quote == "I am Ada Byron and Ada moved"
    assert form.improvements[0].quote == "My name is Grace"
    assert form.points[1].quote not in said
