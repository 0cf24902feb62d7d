"""Putting sentences together."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def clause(text: str) -> str:
    """`text` with its first letter lowered, to go on with after a colon or a comma."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """`text` with its first letter raised; the rest stays as it is."""
    return text[:1].upper() + text[1:]
