"""Which level of care fits: options with reasons, for a clinician to choose from.

Pure: an assessment and its facts in, a `Recommendation` out, in identifiers and values that `casework.wording` puts
into words. Nothing is applied, ending treatment is never an option, and detox appears only with medication and the
next rung named (`ladder`). The rules are `RULES`.
"""

from casework.level_of_care.against import Stop
from casework.level_of_care.recommendation import Recommendation, first_options, recommend
from casework.level_of_care.rule import RULES, Argument, CareRule, Option, Statement
from casework.level_of_care.stability import Criterion
from casework.level_of_care.stored import facts_behind, from_json, to_json

__all__ = [
    "RULES",
    "Argument",
    "CareRule",
    "Criterion",
    "Option",
    "Recommendation",
    "Statement",
    "Stop",
    "facts_behind",
    "first_options",
    "from_json",
    "recommend",
    "to_json",
]
