"""Everything that is said, in the language chosen here: this module alone names the folder of a language."""

from __future__ import annotations

from casework.wording.en import care_rules, level_of_care
from casework.wording.en.dates import (
    WEEKDAYS,
    ago,
    by_when,
    clock,
    full_date,
    long_date,
    short_date,
    span,
    weekday_date,
    weekday_dates,
)
from casework.wording.en.heard import DOMAINS, HEARD_WHEN, LOWERS_TOLERANCE
from casework.wording.en.indicators import INDICATORS, NEXT_STEPS, value_in_words
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
from casework.wording.en.rules import basis, condition, reason, why_by_hand
from casework.wording.en.safety import CRISIS_LINES
from casework.wording.en.sentences import clause, listed, sentence
from casework.wording.en.sources import SOURCE
from casework.wording.en.terms import label, labels, sentence_of, short_label, within

__all__ = [
    "CRISIS_LINES",
    "DOMAINS",
    "HEARD_WHEN",
    "INDICATORS",
    "LOWERS_TOLERANCE",
    "MINUS",
    "NEXT_STEPS",
    "SOURCE",
    "WEEKDAYS",
    "ago",
    "basis",
    "between",
    "by_when",
    "care_rules",
    "chance",
    "change",
    "clause",
    "clock",
    "condition",
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
    "reason",
    "sentence",
    "sentence_of",
    "short_date",
    "short_label",
    "signed",
    "span",
    "value_in_words",
    "weekday_date",
    "weekday_dates",
    "why_by_hand",
    "within",
]
