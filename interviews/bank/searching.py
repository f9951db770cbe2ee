"""Looks questions up in the bank by the words people type."""

from interviews.bank.loader import BankQuestion, find_questions


def search_bank(words: str, *, role: str = "") -> tuple[BankQuestion, ...]:
    """Those that hold every word in their text, competency or role, in the order of the files."""
    wanted = words.casefold().split()
    return tuple(
        one for one in find_questions(role=role or None) if all(word in _said_of(one) for word in wanted)
    )


def _said_of(one: BankQuestion) -> str:
    return f"{one.question.text} {one.question.competency} {one.role}".casefold()
