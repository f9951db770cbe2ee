"""Guest tokens: strong, kept as a hash, and never matched by nothing."""

import hashlib

from accounts.guest_tokens import hash_token, matches, new_token


def test_tokens_differ_and_fit_a_subprotocol() -> None:
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_only_the_hash_is_kept() -> None:
    token = new_token()
    assert hash_token(token) == hashlib.sha256(token.encode()).hexdigest()
    assert token not in hash_token(token)


def test_a_token_matches_its_own_hash_only() -> None:
    token = new_token()
    assert matches(token, hash_token(token))
    assert not matches(new_token(), hash_token(token))


def test_a_revoked_link_matches_nothing() -> None:
    assert not matches("", "")
    assert not matches(new_token(), "")
