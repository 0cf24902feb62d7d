"""Passwords: argon2id hashes, compared in the same time whether or not the account exists."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from casework.errors import Refused

MIN_LENGTH = 12
MAX_LENGTH = 256

# argon2-cffi's defaults are RFC 9106's second choice: argon2id, 64 MiB, 3 passes, 4 lanes.
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash to store for `password`."""
    return _hasher.hash(_canonical(password))


def is_password(stored: str | None, password: str) -> bool:
    """True when `password` belongs to the hash `stored`.

    Without a stored hash a stand-in is verified all the same: an answer that came faster would tell a
    stranger which user names exist.
    """
    try:
        _hasher.verify(stored or _stand_in(), _canonical(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """True when `stored` was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check_new_password(password: str, *, username: str) -> None:
    """Refuse a new password that is too short, too long, or built on the user name."""
    length = len(_canonical(password))
    if length < MIN_LENGTH:
        raise Refused(f"A password needs at least {MIN_LENGTH} characters.", field="password")
    if length > MAX_LENGTH:
        raise Refused(f"A password can have at most {MAX_LENGTH} characters.", field="password")
    if username and username.lower() in password.lower():
        raise Refused("A password must not contain the user name.", field="password")


def generated_password() -> str:
    """A random password of four groups that can be read out over the phone (about 95 bits)."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0 and 1, which look alike
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def _canonical(password: str) -> bytes:
    """The same bytes for the same password, whichever way the keyboard composes its accents."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _stand_in() -> str:
    return _hasher.hash(secrets.token_bytes(16))
