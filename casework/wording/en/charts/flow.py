"""Clients in each group by week, and who moved, in words."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.vocabulary import Group
from casework.wording.en.charts.template import week_to
from casework.wording.en.numbers import count, counted, number
from casework.wording.en.sentences import sentence
from casework.wording.en.terms import label, within

AXIS: Final = "Week to"
NOTE: Final = "Choose a column to see who stood there."
ADMITTED: Final = "Not in care"
"""Where somebody was before admission."""
_LINE: Final = 17


def row(group: Group) -> str:
    """A group beside its row, in lines that fit there: words, no user text."""
    lines = [""]
    for word in label(group).split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def cell(group: Group, clients: int, day: dt.date) -> str:
    """What a column of a group's row means, in a box on hover."""
    return f"{label(group)}: {count(clients, 'client')}, {week_to(day)}"


def came(moved: dict[Group, int]) -> list[str]:
    """ "2 from steady": a line for each group in which some were the week before."""
    return [f"{n} from {within(group)}" for group, n in moved.items()]


def title(slipping: int, came: int, left: int) -> str:
    """Who slips now, how many of them did not a week ago, and how many slipped then and do not now."""
    said = f"{sentence(counted(slipping, 'client'))} slipping now"
    if not came and not left:
        return f"{said}, the same as a week ago"
    moves = [f"{number(came)} came this week"] if came else []
    moves += [f"{number(left)} left"] if left else []
    return f"{said}: {' and '.join(moves)}"


def alt(title: str, *, weeks: int, now: dict[Group, int], moved: int) -> str:
    """How many clients are in each group now, and how many changed their group in the last week."""
    groups = ", ".join(f"{within(group)} {n}" for group, n in now.items())
    return (
        f"Clients in each group at the end of each of {count(weeks, 'week')}. {title}. Now: {groups}. "
        f"{sentence(counted(moved, 'client'))} changed group in the last week."
    )
