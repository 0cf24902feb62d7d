"""What a session note holds."""

from __future__ import annotations

from casework.checks.cleaning import required_text


def check(text: str | None) -> str:
    """The note as it is stored: at most 50 kB, and not empty."""
    return required_text(text, field="text")
