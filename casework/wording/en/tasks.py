"""Tasks, and what answers a fact."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.tasks import AnsweredBy
from casework.wording.words import Texts, Words

ANSWERS: Final[Texts] = {
    AnsweredBy.CALL: Words("Call"),
    AnsweredBy.TASK: Words("Task"),
    AnsweredBy.DECISION: Words("Decision"),
    AnsweredBy.ACKNOWLEDGEMENT: Words("Acknowledgement"),
}
