"""Facts from a line of weeks around today: ``weeks("--o-|+oo-")`` has four weeks up to today and four after it.

``-`` a session kept, ``+`` kept with an unexpected opioid in urine, ``*`` only such a screen, ``o`` a no-show,
``u`` kept and use reported, ``c`` a check-in only, ``n`` a collected screen without a finding only, ``x`` a no-show
and a phone check-in, ``m`` a missed screen only, ``e`` excused, ``.`` nothing.
"""

from __future__ import annotations

from typing import Final

from casework.frames import Facts
from tests.support import facts as build
from tests.support.facts import Row, facts

ADMITTED_BEFORE: Final = 1
"""Days from admission to the first day of the first week."""


def weeks(line: str, *, client_id: int = 1) -> Facts:
    """Facts of one client, admitted on the day before the first week of `line`."""
    return facts(**rows(line, client_id=client_id))


def rows(line: str, *, client_id: int = 1) -> dict[str, list[Row]]:
    """The rows behind `weeks`."""
    before, _, after = line.replace(" ", "").partition("|")
    first_day = -7 * len(before) + 1
    made: dict[str, list[Row]] = {"clients": [build.client(client_id, admitted=first_day - ADMITTED_BEFORE)]}
    for number, state in enumerate(before + after):
        for name, row in _week(state, first_day + 7 * number, client_id):
            made.setdefault(name, []).append(row)
    return made


def _week(state: str, first: int, client_id: int) -> list[tuple[str, Row]]:
    day = first + 2
    mark = {"-": "attended", "+": "attended", "u": "late", "o": "no_show", "x": "no_show", "e": "excused"}
    found = [("attendance", build.mark(day, mark[state], client_id))] if state in mark else []
    if state in "+*":
        found.append(("screens", build.screen(day, "fentanyl", client_id)))
    if state == "n":
        found.append(("screens", build.screen(day, "", client_id)))
    if state == "m":
        found.append(("screens", build.screen(day, "", client_id, status="missed")))
    if state in "ucx":
        use = "slip" if state == "u" else None
        found.append(("check_ins", build.check_in(day + 1, client_id, use=use)))
    return found
