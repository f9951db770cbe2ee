"""Tokens that open one interview and nothing else: shown once, kept only as a hash."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """This will give a fresh token of 256 random bits, safe in addresses and in a WebSocket subprotocol."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """This will give the hex SHA-256 that is stored; a token has full entropy, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, stored_hash: str) -> bool:
    """This will compare in constant time; an empty stored hash (never issued, or revoked) matches nothing."""
    return bool(stored_hash) and hmac.compare_digest(hash_token(token), stored_hash)
