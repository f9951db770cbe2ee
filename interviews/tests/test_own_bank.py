"""Questions of one's own, the linter's newer rules, and the command that reads them."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from interviews.bank import BankError, get_question, load_bank, use_own_folder
from interviews.bank.lint import READING_GRADE, find_faults, find_gaps
from interviews.bank.loader import BANK_FOLDER
from interviews.bank.reading_age import grade_of, syllables_of

QUESTION = {
    "key": "baker-sourdough",
    "level": "beginner",
    "type": "technical",
    "competency": "Baking",
    "text": "Your bread has not risen this morning. What do you look at first?",
    "points": [
        {
            "point": "The temperature of the dough.",
            "topic": "how warm it was",
            "cues": ["temperature", "cold"],
        },
        {"point": "The age of the starter.", "topic": "what makes it rise", "cues": ["starter", "yeast"]},
        {"point": "The time it had to rest.", "topic": "how long it stood", "cues": ["rest*", "hours"]},
    ],
    "follow_ups": [{"point": 1, "ask": "How warm was the room?"}, {"point": 2, "ask": "What was in it?"}],
    "rephrase": "The loaves are flat today. Where do you begin to search?",
    "help": "Think of what changes from one day to the next.",
    "anchors": [
        "Has no idea where to look at all.",
        "Names one thing that may be wrong.",
        "Names two things and how to check them.",
        "As three, in a sensible order.",
        "As four, and says how to prevent it.",
    ],
}


@pytest.fixture
def folder(tmp_path: Path):
    yield tmp_path
    use_own_folder(None)


def write(folder: Path, role: str, *questions: dict, name: str = "own.yaml") -> Path:
    file = {"role": role, "aliases": ["bread maker"], "questions": list(questions)}
    path = folder / name
    path.write_text(yaml.safe_dump(file))
    return path


def test_a_new_role_joins(folder):
    write(folder, "Baker", QUESTION)
    use_own_folder(folder)
    assert "Baker" in {file.role for file in load_bank()}
    assert get_question("baker-sourdough").competency == "Baking"
    use_own_folder(None)
    assert "Baker" not in {file.role for file in load_bank()}


def test_a_known_role_gains_questions_and_a_known_key_is_replaced(folder):
    before = next(file for file in load_bank() if file.role == "Nurse")
    write(folder, "nurse", QUESTION, {**QUESTION, "key": "nurse-hygiene"})
    use_own_folder(folder)
    nurse = next(file for file in load_bank() if file.role == "Nurse")
    assert len(nurse.questions) == len(before.questions) + 1
    assert "bread maker" in nurse.aliases
    assert get_question("nurse-hygiene").text == QUESTION["text"]
    assert {entry.role for entry in nurse.questions} == {"Nurse"}


def test_a_faulty_file_stops_the_start_with_a_sentence(folder, settings):
    path = write(folder, "Baker", {**QUESTION, "level": "expert"})
    with pytest.raises(BankError, match=rf"{path.name}.*expert"):
        use_own_folder(folder)
    settings.QUESTION_BANK = str(folder)
    with pytest.raises(ImproperlyConfigured, match=r"QUESTION_BANK: own\.yaml"):
        apps.get_app_config("interviews").ready()
    settings.QUESTION_BANK = str(folder / "nowhere")
    with pytest.raises(ImproperlyConfigured, match="there is no folder"):
        apps.get_app_config("interviews").ready()


def lint(*files: Path) -> str:
    out = StringIO()
    call_command("lint_bank", *map(str, files), stdout=out)
    return out.getvalue()


def test_the_command_reads_a_file_and_says_what_is_missing(folder):
    told = lint(write(folder, "Baker", QUESTION))
    assert "Baker: 1 questions." in told
    assert "0 behavioral at advanced level" in told


def test_the_command_fails_on_faults_also_against_the_built_in_questions(folder):
    copied = {**QUESTION, "key": "baker-copy", "text": get_question("nurse-handover").text}
    path = write(
        folder, "Baker", {**QUESTION, "text": "Don't you think that bread is a very good thing?"}, copied
    )
    with pytest.raises(CommandError, match="2 faults"):
        lint(path)
    with pytest.raises(CommandError, match=r"not there\.yaml"):
        lint(folder / "not there.yaml")


def test_the_whole_bank_is_read_without_files():
    told = lint()
    assert told.count("questions.") == len(list(BANK_FOLDER.glob("*.yaml")))


def test_texts_that_are_hard_to_follow_are_found():
    hard = (
        "Notwithstanding organisational interdependencies, characterise comprehensively your "
        "individual methodological considerations regarding operationalisation of responsibilities?"
    )
    question = get_question("nurse-handover")
    faults = find_faults(
        [
            type(question)(
                **{name: getattr(question, name) for name in question.__struct_fields__} | {"text": hard}
            )
        ]
    )
    assert any("reads at grade" in fault for fault in faults)
    assert grade_of(hard) > READING_GRADE > grade_of(question.text)


@pytest.mark.parametrize(
    ("word", "count"), [("bread", 1), ("table", 2), ("asked", 1), ("wanted", 2), ("temperature", 4)]
)
def test_syllables(word, count):
    assert syllables_of(word) == count


def test_gaps_of_a_role():
    assert len(find_gaps([get_question("nurse-handover")])) == 6
