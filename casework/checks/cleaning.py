"""Text, lists and numbers as they may be stored.

Both databases fail on a lone surrogate and PostgreSQL on NUL, and a page's own validation runs in the browser only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from casework.errors import Refused
from casework.vocabulary import Term, ids, mask

MAX_TEXT_BYTES: Final = 50_000
"""A note of 1 MB takes three seconds to show; 50 kB are some 25 typed pages."""
MAX_LINE: Final = 200
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Hangul fillers and the empty Braille cell: a letter or a symbol by category, and nothing to see."""


def is_blank(text: str | None) -> bool:
    """True for text without a single letter, digit, punctuation mark or symbol that can be seen."""
    return not any(
        unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK_LETTERS for sign in text or ""
    )


def clean_text(text: str | None, *, field: str, required: bool = False) -> str | None:
    """Free text as it is stored: trimmed, in one Unicode form, None when it is empty or nothing in it can be seen.

    Raises Refused (naming `field`) for characters that cannot be stored and for more than `MAX_TEXT_BYTES`.
    """
    cleaned = unicodedata.normalize("NFC", _storable(text or "", field)).strip()
    if is_blank(cleaned):
        if required:
            raise Refused("This field cannot be empty.", field=field)
        return None
    if len(cleaned.encode()) > MAX_TEXT_BYTES:
        raise Refused(
            f"This text is longer than {MAX_TEXT_BYTES // 1000} kB. Please shorten it, or divide it into two entries.",
            field=field,
        )
    return cleaned


def clean_line(
    text: str | None, *, field: str, required: bool = False, longest: int = MAX_LINE
) -> str | None:
    """One line of text (a name, a number, a title), with every run of blanks made one space."""
    line = " ".join((clean_text(text, field=field, required=required) or "").split())
    if not line.isprintable():
        raise Refused("This text contains characters that cannot be shown.", field=field)
    if len(line) > longest:
        raise Refused(f"This text can have at most {longest} characters.", field=field)
    return line or None


def required_line(text: str | None, *, field: str, longest: int = MAX_LINE) -> str:
    """One line of text that may not be empty."""
    line = clean_line(text, field=field, required=True, longest=longest)
    assert line is not None  # noqa: S101 - `required` saw to it
    return line


def required_text(text: str | None, *, field: str) -> str:
    """Free text that may not be empty."""
    cleaned = clean_text(text, field=field, required=True)
    assert cleaned is not None  # noqa: S101 - `required` saw to it
    return cleaned


def _storable(text: str, field: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused(
            "This text contains characters that cannot be stored. Please type them again, or remove them.",
            field=field,
        )
    return text


def checked_mask(
    entries: Sequence[Term], chosen: Collection[str], *, field: str, allowed: Collection[str] | None = None
) -> int:
    """The bitmask of the chosen identifiers; Refused for one that is not on the list, or not among those `allowed`."""
    if not set(chosen) <= set(ids(entries) if allowed is None else allowed):
        raise Refused("One of the answers is not on the list.", field=field)
    return mask(entries, chosen)


def answered(entries: Sequence[Term], answers: Mapping[str, bool], *, field: str) -> tuple[int, int]:
    """(asked, present) bitmasks of answers by identifier; what is not in `answers` was not asked."""
    present = [id_ for id_, yes in answers.items() if yes]
    return checked_mask(entries, answers, field=field), checked_mask(entries, present, field=field)


def in_range(value: int | None, lowest: int, highest: int, *, field: str) -> int | None:
    """The whole number, or None; Refused outside `lowest`..`highest`."""
    if value is None:
        return None
    if isinstance(value, bool) or int(value) != value or not lowest <= value <= highest:
        raise Refused(f"This needs a whole number from {lowest} to {highest}.", field=field)
    return int(value)
