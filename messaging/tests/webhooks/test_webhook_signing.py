"""The signature, as docs/api.md tells receivers to check it."""

import re
from pathlib import Path
from typing import Any

import pytest

from messaging.webhooks.signing import HEADER, new_secret, sign

BODY = '{"event":"ping","name":"Zoë"}'.encode()


@pytest.fixture(scope="module")
def is_from_viva(repo_root: Path) -> Any:
    """The function that the manual gives to receivers, run as it stands there."""
    manual = (repo_root / "docs" / "api.md").read_text()
    found = re.search(r"```python\n(.*?def is_from_viva.*?)```", manual, re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found[1], names)  # noqa: S102 (our own manual)
    return names["is_from_viva"]


def test_the_manual_tells_true_from_false(is_from_viva: Any) -> None:
    secret, now = new_secret(), 1_800_000_000
    header = sign(secret, BODY, at_s=now)
    assert is_from_viva(BODY, header, secret, now=now + 200)
    assert not is_from_viva(BODY, header, secret, now=now + 301)
    assert not is_from_viva(BODY, header, secret, now=now - 301)
    assert not is_from_viva(BODY + b" ", header, secret, now=now)
    assert not is_from_viva(BODY, header, new_secret(), now=now)
    assert not is_from_viva(BODY, header.replace(str(now), str(now + 1)), secret, now=now)
    for nonsense in ("", "t=1", "t=x,v1=y", "v1=", ",,,", f"t={now},v1=é"):
        assert not is_from_viva(BODY, nonsense, secret, now=now)


def test_known_answer() -> None:
    """Fixed, so that no change of ours breaks receivers."""
    assert HEADER == "Viva-Signature"
    assert sign("whsec_known", b"{}", at_s=1) == (
        "t=1,v1=dbcc408ab79337becd80b837ba8857bd36bed75bfdced88091a65238cb02e043"
    )
    assert len({new_secret() for _ in range(5)}) == 5
