"""Putting sentences together."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list

from casework.wording.en.locale import LISTS


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return format_list(words, locale=LISTS)


def clause(text: str) -> str:
    """`text` with its first letter lowered, to go on with after a colon or a comma."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """`text` with its first letter raised; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """A title, which has no full stop, as a sentence that stands by itself."""
    return f"{text}."
