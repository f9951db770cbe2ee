"""Which claims are found in a résumé, what never is, and which questions come of them."""

from pathlib import Path

import pytest
import yaml

from interviews.bank.lint import find_faults
from interviews.coverage import cover
from interviews.plan import Claim
from interviews.planning.claims import MOST_CLAIMS, MOST_QUOTED_WORDS, find_claims
from interviews.planning.probes import probe_claims, probe_for

ATTACKS = yaml.safe_load(Path(__file__).with_name("injections.yaml").read_text(encoding="utf-8"))
RESUME = """Jane Doe
jane@doe.example | +49 170 1234567 | 12 Main Street, Springfield
Date of birth: 4 May 1980, married, two children
Experience
Senior backend engineer, Brightwater (2018 – 2023)
- Led the migration of the billing service to Postgres under Maria Lopez
• Reduced page load times by 40 % with caching
- Built a queue for slow jobs in Python and Redis.
- Jane led the weekly review
- Led a support group for Catholic parents
Skills
Python, Django, Postgres, Redis, Go
Hobbies
Led the choir of 40 people
Education
Designed a thesis on graphs, 2004-2008
"""


def texts(resume: str, *names: str) -> list[str]:
    return [claim.text for claim in find_claims(resume, names)]


def test_results_come_first_then_work_tools_and_posts():
    assert find_claims(RESUME) == (
        Claim("Reduced page load times by 40 % with caching", "result"),
        Claim("Led the migration of the billing service to Postgres", "responsibility"),
        Claim("Built a queue for slow jobs in Python and Redis", "responsibility"),
        Claim("Python, Django, Postgres and Redis", "technology"),
        Claim("Senior backend engineer, Brightwater, about 5 years", "post"),
    )


def test_nobody_is_named_and_nothing_private_comes_through():
    everything = " ".join(texts(RESUME))
    for private in (
        "Jane",
        "Doe",
        "Maria",
        "1980",
        "170",
        "Main Street",
        "choir",
        "Catholic",
        "thesis",
        "2018",
    ):
        assert private not in everything


def test_given_names_stand_in_no_claim():
    assert texts("Led Zoë's team of five\nBuilt a shop", "Zoë Ångström") == ["Built a shop"]


@pytest.mark.parametrize(
    "private",
    [
        "Managed the household with two children",
        "Led the works council as a trade union member",
        "Organised a campaign as party member",
        "Coordinated my parental leave in 2019",
        "Led a group of immigrants like me, a refugee",
        "Managed my depression well",
        "Won 3 prizes, photo: see above",
        "Led 20 people, born 1985",
        "Trained by Dr. Smith and led wards",
    ],
)
def test_what_is_private_is_no_claim(private):
    assert find_claims(private) == ()


@pytest.mark.parametrize(
    "attack", [one for one in ATTACKS if one["where"] == "resume"], ids=lambda one: one["id"]
)
def test_no_attack_becomes_a_question(attack):
    claims, questions = probe_claims(find_claims(attack["text"]), 3)
    heard = " ".join([*(claim.text for claim in claims), *(question.text for question in questions)]).lower()
    for word in (
        "ignore",
        "previous",
        "hire",
        "colour",
        "old are",
        "married",
        "evil",
        "score",
        "1 + 1",
        "rate every",
    ):
        assert word not in heard


@pytest.mark.parametrize(
    "resume",
    [
        "Leitete ein Team von fünf Personen. Entwickelte eine Plattform mit 20 % weniger Kosten.",
        "負責開發計費系統,節省成本30%。\n2018-2021 工程師",
        "قدت فريقًا من خمسة أشخاص\nخفضت التكاليف بنسبة ٢٠٪",
        "Руководил командой из пяти человек, 2018 – 2023",
        "प्रबंधन किया 20% अधिक बिक्री",
        "🎉" * 500,
        "\x00\x01\ud800",
        "{" * 5000,
        "",
    ],
)
def test_other_scripts_and_noise_break_nothing(resume):
    claims, questions = probe_claims(find_claims(resume), 3)
    assert len(questions) <= len(claims) <= MOST_CLAIMS


def test_claims_are_bounded_and_said_once():
    many = "\n".join(f"Led a team of {n} people" for n in range(100)) + "\nLed a team of 3 people"
    claims = find_claims(many)
    assert len(claims) == MOST_CLAIMS == len(set(claims))
    long = find_claims("Led " + "a very long and winding sentence about work, " * 4)
    assert len(long[0].text.split()) <= MOST_QUOTED_WORDS


@pytest.mark.parametrize("kind", ["result", "responsibility", "technology", "post"])
def test_a_probe_is_fit_to_ask_and_compares_nobody(kind):
    question = probe_for(Claim("Reduced costs by 20 percent", kind))
    assert question is not None
    assert find_faults([question]) == []
    assert (question.source, question.is_core) == ("resume", False)
    assert "Reduced costs by 20 percent" in question.text
    assert not cover(question, question.text).covered


def test_a_full_answer_to_a_probe_is_heard():
    question = probe_for(Claim("Built a queue in Python", "responsibility"))
    answer = (
        "I designed the queue and wrote the workers. First I measured how long jobs took, then I moved them "
        "step by step. In the end the pages were faster. The hardest part was running jobs twice."
    )
    assert cover(question, answer).covered == (0, 1, 2, 3)


def test_a_claim_that_gives_an_answer_away_has_no_cue_of_it():
    question = probe_for(Claim("Reduced the number of problems step by step", "result"))
    assert question is None or not cover(question, question.text).covered


def test_every_claim_knows_its_question():
    claims, questions = probe_claims(find_claims(RESUME), 2)
    assert [claim.question_key for claim in claims] == [questions[0].key, questions[1].key, "", "", ""]
