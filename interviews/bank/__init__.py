"""The built-in questions, and plans made from them."""

from interviews.bank.loader import (
    BankError,
    BankQuestion,
    RoleFile,
    find_questions,
    get_question,
    load_bank,
    read_role_file,
    use_own_folder,
)
from interviews.bank.planning import build_plan, closest_role, demo_plan, with_facts

__all__ = [
    "BankError",
    "BankQuestion",
    "RoleFile",
    "build_plan",
    "closest_role",
    "demo_plan",
    "find_questions",
    "get_question",
    "load_bank",
    "read_role_file",
    "use_own_folder",
    "with_facts",
]
