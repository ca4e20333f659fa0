"""Codes that are read aloud, and keys that are not."""

from __future__ import annotations

import hashlib
import secrets

__all__ = ["ALPHABET", "LENGTH", "clean_code", "digest", "new_code", "new_key"]

#: Capital letters and digits without those that look or sound alike from the back row (I, L, O, U, V, 0, 1, 5).
ALPHABET = "ABCDEFGHJKMNPQRSTWXYZ2346789"
#: Characters of a room's code.
LENGTH = 6
#: Random bytes of a key; more than anybody can guess.
BYTES = 24


def new_code() -> str:
    """Draw the code of a room."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_key() -> str:
    """Draw a key that opens one seat, or the teacher's view of one room."""
    return secrets.token_urlsafe(BYTES)


def digest(key: str) -> str:
    """Return what is kept of a key: SHA-256, from which it cannot be had back.

    Keys are found by their digest, so how long a search takes says nothing about the key itself.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def clean_code(raw: str) -> str:
    """Read a code as people type it: in small letters, with blanks or a hyphen; empty when it cannot be one.

    >>> clean_code(" abc-234 ")
    'ABC234'
    """
    code = "".join(raw.upper().split()).replace("-", "")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
