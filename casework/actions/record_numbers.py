"""A record number is given once in the clinic, and it tells nobody whom the clinic treats.

Previews and searches know the numbers of the clients whom the user sees, and no others. Saving is the one moment at
which a number that is taken elsewhere has to be refused. The refusal names nobody, is on record, and can be had
`MOST_REFUSED` times within `WINDOW`; then no new number is looked up for this user at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from casework.actions import audit
from casework.actions.conflicts import record_number_taken
from casework.actions.entry import Act
from casework.errors import RecordNumberTaken, TooManyNumbers
from db import locks
from db.locks import Lock
from db.models import RefusedNumber
from db.queries import record_numbers as queries
from db.session import store_afterwards

MOST_REFUSED: Final = 10
WINDOW: Final = dt.timedelta(days=1)
REFUSED: Final = "refuse_record_number"
"""The action of the audit event, which is kept although the refused act itself is undone."""


def require_free(act: Act, numbers: Mapping[str, int | None], *, client_id: int | None = None) -> None:
    """Refuse to save numbers that are taken; `numbers` gives the line of the file on which each stands, or None.

    Ask last, when nothing else stands against the act. `client_id` is the client who is to get the number, if there
    is one already. Raises Refused for a client whom the user sees, else RecordNumberTaken or TooManyNumbers.
    """
    locks.take(
        act.session, Lock.RECORD_NUMBERS
    )  # a number that is being saved now is looked up once it is saved
    if queries.visible_holders(act.session, act.by, numbers.keys(), act.today):
        raise record_number_taken()
    if queries.refused_since(act.session, act.by, act.now - WINDOW) >= MOST_REFUSED:
        _audit(act, limited=True, editing=client_id)
        raise TooManyNumbers
    holders = queries.holders(act.session, numbers.keys())
    for number, line in numbers.items():
        if number in holders:
            store_afterwards(act.session, RefusedNumber(staff_id=act.by.id, at=act.now))
            _audit(act, limited=False, editing=client_id, holder=holders[number])
            raise RecordNumberTaken(line=line)


def _audit(act: Act, *, limited: bool, editing: int | None, holder: int | None = None) -> None:
    audit.record_afterwards(
        act.session,
        by=act.by,
        now=act.now,
        action=REFUSED,
        client_id=holder,
        limited=limited,
        editing=editing,
    )
