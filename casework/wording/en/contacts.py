"""Calls, and whether it is safe to call."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.contacts import CallOutcome, Permission
from casework.wording.words import Texts, Words

CALL_OUTCOMES: Final[Texts] = {
    CallOutcome.REACHED: Words("Reached"),
    CallOutcome.NO_ANSWER: Words("No answer"),
    CallOutcome.LEFT_MESSAGE: Words("Left a message"),
    CallOutcome.WRONG_NUMBER: Words("Wrong number"),
}
PERMISSIONS: Final[Texts] = {
    Permission.YES: Words("Yes"),
    Permission.NO: Words("No"),
    Permission.UNKNOWN: Words("Not known"),
}
