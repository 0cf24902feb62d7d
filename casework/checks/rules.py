"""What is said of a rule: that it is switched off, or that it does not apply to a client, and why."""

from __future__ import annotations

from typing import Final

from casework.checks.cleaning import required_text
from casework.errors import Refused
from casework.report_card import FINDINGS

RULES: Final = frozenset(rule.id for rule in FINDINGS)
MAX_REASON: Final = 500
"""A reason stands beside every score that it is about: a few sentences, no page."""


def check_rule(rule_id: str | None) -> str:
    """The identifier of a rule that there is."""
    if rule_id is None:
        raise Refused("Choose a reason first.", field="rule_id")
    if rule_id not in RULES:
        raise Refused("There is no such rule any more.", field="rule_id")
    return rule_id


def check_reason(text: str | None) -> str:
    """Why, in words."""
    reason = required_text(text, field="reason")
    if not any(character.isalnum() for character in reason):  # blanks that nobody sees, and signs
        raise Refused("Please say why in words.", field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(f"A reason can have at most {MAX_REASON} characters.", field="reason")
    return reason
