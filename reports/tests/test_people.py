"""What people think, in words: who rated what, and where they lie apart."""

import msgspec

from reports import sample
from reports.content import HumanRating
from reports.people import means_of_people, people_say


def test_nobody() -> None:
    assert people_say(()) == "Nobody has rated it yet."


def test_people_who_agree() -> None:
    said = people_say((HumanRating("Dana", 4), HumanRating("Omar", 5), HumanRating("Dana", 4, 1)))
    assert (
        said
        == "People rate the whole, of 5: 4 (Dana), 5 (Omar). People gave 1 rating to 1 answer, mean 4.0 of 5."
    )


def test_people_who_disagree_and_on_what() -> None:
    ratings = (
        HumanRating("Dana", 5),
        HumanRating("Omar", 2),
        HumanRating("Dana", 4, 3),
        HumanRating("Omar", 2, 3),
        HumanRating("Dana", 4, 4),
        HumanRating("Omar", 4, 4),
    )
    assert people_say(ratings).endswith(
        "4 ratings to 2 answers, mean 3.5 of 5. They disagree on the whole and question 3."
    )


def test_many_people_are_counted_and_not_all_named() -> None:
    said = people_say(tuple(HumanRating(f"P{n}", 3) for n in range(9)))
    assert "3 (P3) and 5 more." in said
    assert "P4" not in said


def test_a_rating_without_a_number_says_nothing() -> None:
    assert people_say((HumanRating("Dana", None, 1),)) == "Nobody has rated it yet."


def test_ratings_that_wait_for_the_readers_own_are_spoken_of_and_not_shown() -> None:
    assert people_say((), holds_back=True) == "Others have rated as well; what they gave is left out here."
    assert people_say((HumanRating("Me", 4, 1),), holds_back=True).endswith("is left out here.")


def test_people_s_means_rest_on_what_everybody_was_asked() -> None:
    content = sample.short()
    assert content.questions[0].competency == "Ownership"
    ratings = (HumanRating("Dana", 4, 1), HumanRating("Omar", 1, 1), HumanRating("Dana", 5, 4))
    assert content.questions[3].is_personal
    assert means_of_people(msgspec.structs.replace(content, human_ratings=ratings)) == {"Ownership": 2.5}


def test_a_rating_left_out_of_the_content_is_in_no_chart(text_of) -> None:
    rows = tuple(msgspec.structs.replace(one, human_mean=None) for one in sample.short().competencies)
    content = msgspec.structs.replace(sample.short(), competencies=rows, human_ratings=())
    assert "people's ratings" not in text_of(content)
