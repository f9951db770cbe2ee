"""A report's file is found again by its name."""

import pytest

from interviews.report_files import file_name, shown_in_place

UUID = "3f0c9a52-6f0e-4c55-9c1b-2f6f1d0f7b11"


@pytest.mark.parametrize(
    ("candidate", "name"),
    [
        ("Ada Lovelace", "Ada-Lovelace-3f0c9a52-panel.pdf"),
        ("", "candidate-3f0c9a52-panel.pdf"),
        ("../..", "candidate-3f0c9a52-panel.pdf"),
        ('A"; filename="b.exe\r\nX: y', "A-filename-b-exe-X-y-3f0c9a52-panel.pdf"),
        ("عمر حداد", "عمر-حداد-3f0c9a52-panel.pdf"),
    ],
)
def test_the_name_says_whose_and_takes_no_sign_that_a_file_system_refuses(candidate: str, name: str) -> None:
    assert file_name(candidate, UUID, "panel") == name


def test_names_of_all_scripts_go_through_the_header() -> None:
    assert shown_in_place("Ada", UUID, "candidate") == 'inline; filename="Ada-3f0c9a52-candidate.pdf"'
    header = shown_in_place("Zoë", UUID, "candidate")
    assert header == "inline; filename*=utf-8''Zo%C3%AB-3f0c9a52-candidate.pdf"
    assert header.isascii()
