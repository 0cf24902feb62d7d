"""A urine screen that is being recorded: its fields, and opening them for one that was planned."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from casework.vocabulary import SUBSTANCES, ids
from pages.shared import clock
from pages.shared.client_dialog import open_dialog
from pages.shared.form import Form, Subject, client

PANEL: Final = tuple(id_ for id_ in ids(SUBSTANCES) if id_ != "other")
"""What can be tested for."""


def starts(today: dt.date) -> dict[str, Any]:
    """The fields of a screen, and what they hold at first."""
    return {
        "status": None,
        "day": today,
        "tested": list(PANEL),
        "result": None,
        "found": None,
        "certainty": None,
    }


def recording(who: Subject) -> Form:
    """The form that records a screen, one that was planned or another."""
    return Form("screen", who, {"planned": None, **starts(clock.today())})


def record_planned(client_id: int, name: str, screen_id: int) -> None:
    """With the next run of the client's page, open the dialog in which a planned screen gets its result."""
    recording(client(client_id, name)).fill(planned=screen_id)
    open_dialog(client_id, "screen")
