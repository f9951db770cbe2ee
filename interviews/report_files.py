"""What a report's file is called: whoever keeps ten of them finds the right one by its name."""

import re
import unicodedata

from django.utils.http import content_disposition_header

from reports.content import Edition

LONGEST_NAME = 40
_NOT_IN_NAMES = re.compile(r"[^\w]+")  # what is left is letters, digits and _ of any script


def file_name(candidate_name: str, uuid: str, edition: Edition) -> str:
    """A name that every file system takes, and no two sessions share."""
    plain = unicodedata.normalize("NFC", candidate_name)
    name = _NOT_IN_NAMES.sub("-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{name or 'candidate'}-{uuid[:8]}-{edition}.pdf"


def shown_in_place(candidate_name: str, uuid: str, edition: Edition) -> str:
    """The header for a PDF that opens in the browser and is kept under its name, in any script."""
    return str(
        content_disposition_header(as_attachment=False, filename=file_name(candidate_name, uuid, edition))
    )
