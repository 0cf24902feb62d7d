"""The dialogs about a client that several pages open: an appointment that was made in a call, an action, and a safety
item."""

from __future__ import annotations

import datetime as dt

from casework.users import User
from pages.shared.widgets import calls, safety, tasks


def show(user: User, today: dt.date) -> None:
    """The one that is open, if any. Call it last: a page has one dialog a run."""
    calls.dialog(today)
    tasks.dialog(user, today)
    safety.dialog(user, today)
