"""The question bank: one YAML file per role, read once; files of one's own join it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, ValidationError, convert

from interviews.plan import ExpectedPoint, Kind, Level, PlannedQuestion

BANK_FOLDER = Path(__file__).parent
GENERAL_ROLE = "Any role"


class BankError(Exception):
    """A file of the bank does not have the shape that README.md describes."""


class BankQuestion(Struct, frozen=True):
    role: str
    question: PlannedQuestion


class RoleFile(Struct, frozen=True):
    role: str
    aliases: tuple[str, ...]
    questions: tuple[BankQuestion, ...]


class _Point(Struct, frozen=True, forbid_unknown_fields=True):
    point: str
    topic: str
    cues: tuple[str, ...]


class _FollowUp(Struct, frozen=True, forbid_unknown_fields=True):
    point: int  # counted from 1, as people do
    ask: str


class _Question(Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    level: Level
    type: Kind
    competency: str
    text: str
    points: tuple[_Point, ...]
    follow_ups: tuple[_FollowUp, ...]
    rephrase: str
    help: str
    anchors: tuple[str, str, str, str, str]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    role: str
    aliases: tuple[str, ...]
    questions: tuple[_Question, ...]


_folders: list[Path] = [BANK_FOLDER]


def use_own_folder(folder: Path | None) -> None:
    """From now on the files of `folder` belong to the bank too; None takes it back. Raises BankError.

    A role of the same name gains questions, and a question with the same key is replaced.
    """
    if folder is not None and not folder.is_dir():
        raise BankError(f"there is no folder {folder}")
    _folders[1:] = [] if folder is None else [folder]
    load_bank.cache_clear()
    load_bank()


@lru_cache(maxsize=1)
def load_bank() -> tuple[RoleFile, ...]:
    """Every role, by name. Raises BankError that names the file and the field."""
    roles: dict[str, RoleFile] = {}
    for path in (path for folder in _folders for path in sorted(folder.glob("*.yaml"))):
        file = read_role_file(path)
        known = roles.get(file.role.lower())
        roles[file.role.lower()] = file if known is None else _joined(known, file)
    return tuple(roles.values())


def _joined(known: RoleFile, own: RoleFile) -> RoleFile:
    questions = {entry.question.key: entry for entry in (*known.questions, *own.questions)}
    same_role = tuple(BankQuestion(known.role, entry.question) for entry in questions.values())
    return RoleFile(known.role, tuple(dict.fromkeys((*known.aliases, *own.aliases))), same_role)


# With libyaml in a fifth of the time: somebody's first request waits for the bank.
_SafeLoader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _WordLoader(_SafeLoader):  # type: ignore[misc] # either has the same methods
    """Reads `no`, `on` or `1984` as the words they are in a cue, and not as what YAML makes of them."""


for _kind in ("bool", "int", "float", "timestamp"):
    _WordLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _SafeLoader.construct_scalar)


def read_role_file(path: Path) -> RoleFile:
    """Read one role; also for files of one's own. Raises BankError."""
    try:
        text = path.read_text(encoding="utf-8")
        written = yaml.load(text, Loader=_WordLoader)  # noqa: S506 # nosec B506 (a safe one, see above)
        file = convert(written, _File, strict=False)  # a follow-up's `point` is a number in words, too
        questions = tuple(BankQuestion(file.role, _planned(one)) for one in file.questions)
    except (OSError, UnicodeDecodeError, ValidationError, yaml.YAMLError, IndexError) as error:
        raise BankError(f"{path.name}: {error}") from error
    return RoleFile(file.role, file.aliases, questions)


def find_questions(
    *,
    role: str | None = None,
    level: str | None = None,
    kind: str | None = None,
    competency: str | None = None,
) -> tuple[BankQuestion, ...]:
    """The questions that meet every given filter, in the order of the files."""
    return tuple(
        entry
        for file in load_bank()
        for entry in file.questions
        if _is_same(role, entry.role)
        and _is_same(level, entry.question.difficulty)
        and _is_same(kind, entry.question.kind)
        and _is_same(competency, entry.question.competency)
    )


def get_question(key: str) -> PlannedQuestion:
    """The question with that key. Raises KeyError."""
    for entry in find_questions():
        if entry.question.key == key:
            return entry.question
    raise KeyError(key)


def _is_same(wanted: str | None, value: str) -> bool:
    return wanted is None or wanted.strip().lower() == value.lower()


def _planned(written: _Question) -> PlannedQuestion:
    asks = {follow_up.point: follow_up.ask for follow_up in written.follow_ups}
    if any(not 1 <= number <= len(written.points) for number in asks):
        raise IndexError(f"{written.key}: a follow-up names a point that is not there")
    return PlannedQuestion(
        key=written.key,
        text=written.text,
        kind=written.type,
        competency=written.competency,
        difficulty=written.level,
        expected_points=tuple(
            ExpectedPoint(text=point.point, cues=point.cues, topic=point.topic, probe=asks.get(number, ""))
            for number, point in enumerate(written.points, start=1)
        ),
        follow_ups=tuple(follow_up.ask for follow_up in written.follow_ups),
        anchors={str(step): text for step, text in enumerate(written.anchors, start=1)},
        rephrase=written.rephrase,
        help=written.help,
    )
