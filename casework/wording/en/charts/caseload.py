"""Figures of a whole caseload, in words: clients by weeks, stage tags, attendance."""

from __future__ import annotations

from typing import Final

from casework.vocabulary import Stage
from casework.wording.en.numbers import count, counted, number, percent
from casework.wording.en.sentences import sentence
from casework.wording.en.terms import label, within

# --- clients by weeks -----------------------------------------------------------------------------------------------

WEEKS_EMPTY: Final = "Clients by weeks: nothing to show yet."


def weeks_title(serious: int, before: int, weeks: int) -> str:
    """Clients who are elevated or high now, and how many were `weeks` weeks ago (0: there is one week alone)."""
    said = f"{sentence(counted(serious, 'client'))} elevated or high this week"
    if not weeks:
        return said
    was = "as many as" if before == serious else f"against {number(before)}"
    return f"{said}, {was} {counted(weeks, 'week')} ago"


def weeks_alt(title: str, *, clients: int, weeks: int, unknown: int) -> str:
    """`unknown` clients are unknown now."""
    return (
        f"Risk band of {count(clients, 'client')} in each of {count(weeks, 'week')}, the highest priority first. "
        f"{title}; {unknown} unknown because too little was asked."
    )


# --- stage tags -----------------------------------------------------------------------------------------------------

TAGS_AXIS: Final = "Latest evidence"
NO_TAG: Final = "No sign of a stage was recorded in the last four weeks."
ONLY_USE: Final = "use reported or found in urine"
"""The evidence of the physical stage where no sign was recorded."""
NO_TAG_TITLE: Final = "No stage signs in the last four weeks"


def stage(one: Stage, signs: str) -> str:
    """ "Mental: Lying", in a box on hover."""
    return f"{label(one)}: {signs}"


def no_tag_alt(clients: int) -> str:
    """Nobody of so many clients has a tag."""
    return f"No client {_of(clients)} has a stage tag."


def tags_title(clients: int, physical: int) -> str:
    """How many of so many clients show signs of the physical stage."""
    if not physical:
        return f"Nobody {_of(clients)} shows signs of the physical stage"
    show = "shows" if physical == 1 else "show"
    return f"{sentence(number(physical))} {_of(clients)} {show} signs of the physical stage"


def tags_alt(title: str, tagged: dict[Stage, int]) -> str:
    """How many clients have a tag of each stage."""
    said = ", ".join(f"{within(stage)} {n}" for stage, n in tagged.items())
    return f"Stage tags by day of their latest evidence, last four weeks. {title}. Clients: {said}."


def _of(clients: int) -> str:
    return f"of {count(clients, 'client')}"


# --- attendance -----------------------------------------------------------------------------------------------------

WEEK_AXIS: Final = "Week to"
KEPT_AXIS: Final = "Sessions kept"
NO_SESSION: Final = "No session has been marked in these weeks."
NO_RECENT_TITLE: Final = "No session was marked in the last four weeks"
NO_RECENT_ALT: Final = "Attendance by week: nothing recent to show."


def kept_of(kept: int, of: int) -> str:
    """ "8 of 10": sessions kept in a week."""
    return f"{kept} of {of}"


def share_kept(kept: int, of: int) -> str:
    """A week's share of sessions kept, in a box on hover."""
    return f"{percent(kept / of)} kept: {kept_of(kept, of)}"


def attendance_title(share: float, before: float | None) -> str:
    """Shares of sessions kept in the last four weeks, and in the four before if any counted."""
    said = f"{percent(share)} of sessions kept in the last four weeks"
    if before is None:
        return said
    same = round(100 * share) == round(100 * before)
    return f"{said}, as in the four before" if same else f"{said}, {percent(before)} in the four before"


def attendance_alt(title: str, *, weeks: int, kept: int, of: int) -> str:
    """`kept` and `of` count the sessions of the last four weeks."""
    return (
        f"Share of sessions kept in each of {count(weeks, 'week')}. {title} ({kept_of(kept, of)}). "
        "Excused sessions and those that the clinic cancelled are not counted."
    )
