"""A secret key of this installation's own, made once, so that a laptop needs no setting."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """This will give the key kept at `path`, and make it first where there is none.

    Two processes that start at once agree: the key is written aside and linked, and the first link wins.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as aside:  # mode 600
            aside.write(get_random_secret_key())
            aside.flush()
            with suppress(FileExistsError):
                os.link(aside.name, path)
    return path.read_text()
