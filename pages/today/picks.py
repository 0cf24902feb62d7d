"""Opening what was chosen on Today: a client of the worklist, a screen that is due, a session."""

from __future__ import annotations

from casework.caseload.worklist import Worklist
from pages.shared.open_session import open_roll_call
from pages.shared.urine_screen import record_planned
from pages.shared.widgets import table
from pages.shared.widgets.components import go_to, open_client
from pages.today import day, lines


def follow(mine: Worklist) -> None:
    """Open what was chosen from any list of the page, if it is there still."""
    chosen = table.picked(lines.LIST, {item.client_id for item in mine.items})
    if chosen is not None:
        open_client(chosen.identifier, "check_in" if chosen.action == lines.CHECK_IN else "client")
    due = {one.id: one for one in mine.screens_due}
    chosen = table.picked(day.SCREENS, due)
    if chosen is not None:
        one = due[chosen.identifier]
        record_planned(one.client_id, one.name, one.id)
        open_client(one.client_id)
    chosen = table.picked(day.SESSIONS, {one.series_id for one in mine.sessions})
    if chosen is not None:
        open_roll_call(chosen.identifier, mine.today)
        go_to("attendance")
