"""The pages there are, in the groups and the order of the menu."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from casework.users import User
from casework.vocabulary import Role


class Entry(NamedTuple):
    """A page of the menu: `render()` of the module `pages.<path>.page`, at the address `/<path>`."""

    group: str
    path: str
    title: str
    icon: str
    visible: bool = True
    roles: frozenset[Role] = frozenset(Role)
    """Whose menu shows it; others may open its address."""

    def shown_to(self, user: User) -> bool:
        """Whether this user's menu holds it."""
        return self.visible and user.role in self.roles


_SUPERVISORS = frozenset({Role.SUPERVISOR})
_IMPORTERS = frozenset({Role.COUNSELOR, Role.SUPERVISOR})

# The first is where the dashboard opens.
ENTRIES = (
    Entry("Work", "today", "Today", ":material/today:"),
    Entry("Work", "check_in", "Check-in", ":material/edit_note:"),
    Entry("Work", "attendance", "Attendance", ":material/how_to_reg:"),
    Entry("Work", "clients", "Clients", ":material/group:"),
    Entry("Work", "imports", "Import", ":material/upload_file:", roles=_IMPORTERS),
    Entry("Work", "client", "Client", ":material/person:", visible=False),
    Entry("Work", "schedule", "Schedule", ":material/calendar_month:"),
    Entry("Caseload", "overview", "Overview", ":material/monitoring:"),
    Entry("Caseload", "level_of_care", "Level of care", ":material/stairs:"),
    Entry("Caseload", "disagreements", "Disagreements", ":material/compare_arrows:"),
    Entry("Caseload", "forecasts", "Forecasts", ":material/balance:"),
    Entry("Team", "report_card", "Report card", ":material/fact_check:", roles=_SUPERVISORS),
    Entry("About the scores", "evidence", "Evidence", ":material/science:"),
    Entry("About the scores", "definitions", "Definitions", ":material/menu_book:"),
)


def groups() -> dict[str, tuple[Entry, ...]]:
    """The entries by the heading under which they stand."""
    return {name: tuple(some) for name, some in groupby(ENTRIES, attrgetter("group"))}
