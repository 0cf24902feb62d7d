"""Everything that is said, in the language chosen here: this module alone names the folder of a language."""

from __future__ import annotations

from casework.wording.en import care_rules, level_of_care
from casework.wording.en.dates import WEEKDAYS, ago, by_when, clock, full_date, long_date, short_date, span
from casework.wording.en.numbers import (
    MINUS,
    between,
    chance,
    change,
    count,
    counted,
    decimal,
    number,
    part,
    percent,
    signed,
)
from casework.wording.en.safety import CRISIS_LINES
from casework.wording.en.sentences import clause, listed, sentence
from casework.wording.en.sources import SOURCE
from casework.wording.en.terms import label, labels, sentence_of, short_label, within

__all__ = [
    "CRISIS_LINES",
    "MINUS",
    "SOURCE",
    "WEEKDAYS",
    "ago",
    "between",
    "by_when",
    "care_rules",
    "chance",
    "change",
    "clause",
    "clock",
    "count",
    "counted",
    "decimal",
    "full_date",
    "label",
    "labels",
    "level_of_care",
    "listed",
    "long_date",
    "number",
    "part",
    "percent",
    "sentence",
    "sentence_of",
    "short_date",
    "short_label",
    "signed",
    "span",
    "within",
]
