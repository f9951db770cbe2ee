"""Finds a Whisper model by name: in a cache of this machine, else from the Hugging Face hub.

    python -m speech.backends.model_hub NAME CACHE

Prints the model's directory. A process of its own, since a name server that never answers can't be given up
on from within, and since a server needs none of this once it runs.
"""

import os
import sys
from pathlib import Path

# Read by huggingface_hub when it is imported. Xet's transfers know no time-outs.
for _name, _value in (
    ("HF_HUB_ETAG_TIMEOUT", "3"),
    ("HF_HUB_DOWNLOAD_TIMEOUT", "10"),
    ("HF_HUB_DISABLE_XET", "1"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"),
):
    os.environ.setdefault(_name, _value)

if not sys.stderr.isatty():
    os.environ.setdefault(
        "HF_HUB_DISABLE_PROGRESS_BARS", "1"
    )  # the log gets a line every few seconds instead

import huggingface_hub  # noqa: E402
from faster_whisper.utils import _MODELS as REPOSITORIES  # noqa: E402

from speech.model_files import NO_MODEL, UNKNOWN_NAME, is_model  # noqa: E402

WANTED = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]


def find_cached(repository: str, cache: Path) -> Path | None:
    """This will look, without any network, in the machine's own cache and in the project's."""
    for folder in (None, str(cache)):
        try:
            found = Path(
                huggingface_hub.snapshot_download(repository, cache_dir=folder, local_files_only=True)
            )
        except (OSError, ValueError):  # not there, or only a part of it
            continue
        if is_model(found):
            return found
    return None


def fetch(repository: str, cache: Path) -> Path | None:
    """This will download what a model needs, with a bar where there is a terminal."""
    try:
        huggingface_hub.snapshot_download(repository, cache_dir=cache, allow_patterns=WANTED)
    except Exception as error:  # noqa: BLE001 (whatever it is, there is no model)
        sys.stderr.write(f"The model hub gave no model: {type(error).__name__}\n")
        return None
    return find_cached(repository, cache)


def main() -> int:
    name, cache = sys.argv[1], Path(sys.argv[2])
    repository = name if name.count("/") == 1 else REPOSITORIES.get(name)
    if repository is None:
        return UNKNOWN_NAME
    found = find_cached(repository, cache) or fetch(repository, cache)
    if found is None:
        return NO_MODEL
    sys.stdout.write(str(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
