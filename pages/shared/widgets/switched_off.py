"""Beside a score: the rules that would hold if the clinic had not switched them off, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from casework import wording
from casework.caseload.rules import OffRule
from pages.shared.widgets.components import plain


def show(off: Sequence[OffRule]) -> None:
    """A line a rule. The reason is user text."""
    for one in off:
        since = wording.short_date(one.switch.off_since)
        plain(
            f"Not counted: {wording.condition(one.rule)} ({wording.decimal(one.rule.points)} points). Switched off in "
            f"this clinic since {since} by {one.switch.off_by}: {one.switch.reason}"
        )
