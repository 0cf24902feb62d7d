"""The pages there are, in the order of the menu."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A page of the menu: `render()` of the module `pages.<path>.page`, at the address `/<path>`."""

    path: str
    title: str
    icon: str
    visible: bool = True
    for_supervisors: bool = False
    """In the menu of supervisors only; others may open its address."""


# The first is where the dashboard opens.
ENTRIES = (
    Entry("today", "Today", ":material/today:"),
    Entry("check_in", "Check-in", ":material/edit_note:"),
    Entry("attendance", "Attendance", ":material/how_to_reg:"),
    Entry("clients", "Clients", ":material/group:"),
    Entry("client", "Client", ":material/person:", visible=False),
    Entry("schedule", "Schedule", ":material/calendar_month:"),
    Entry("forecasts", "Forecasts", ":material/balance:"),
    Entry("overview", "Caseload overview", ":material/monitoring:"),
    Entry("disagreements", "Disagreements", ":material/compare_arrows:"),
    Entry("level_of_care", "Level of care", ":material/stairs:"),
    Entry("imports", "Import", ":material/upload_file:"),
    Entry("report_card", "Rule report card", ":material/fact_check:", for_supervisors=True),
    Entry("evidence", "Evidence", ":material/science:"),
    Entry("definitions", "Definitions", ":material/menu_book:"),
)
