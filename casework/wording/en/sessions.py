"""Sessions and the marks of a roll call."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.sessions import Mark, SessionKind
from casework.wording.words import Texts, Words

SESSION_KINDS: Final[Texts] = {
    SessionKind.GROUP: Words("Group"),
    SessionKind.INDIVIDUAL: Words("Individual session", short="Individual"),
    SessionKind.MEDICATION_VISIT: Words("Medication visit"),
    SessionKind.OUTSIDE_MEETING: Words("Outside support meeting", short="Outside meeting"),
}
MARKS: Final[Texts] = {
    Mark.ATTENDED: Words("Attended"),
    Mark.LATE: Words("Late"),
    Mark.EXCUSED: Words("Excused"),
    Mark.NO_SHOW: Words("No-show"),
    Mark.CANCELLED_BY_CLINIC: Words("Cancelled by clinic"),
}
