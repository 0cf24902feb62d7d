"""Worked examples: for each indicator small tables of facts and the value that follows, one module a subject.

They are the specification. `tests/spec` checks every one. Days count from today
(-3 is three days ago). All clients are outpatients who were admitted half a year ago, unless `client` says otherwise.
`score_examples` has those of the point tables.
"""

from __future__ import annotations

from typing import Final

from tests.support.examples import (
    care,
    contact,
    craving,
    disagreement,
    drift,
    medication,
    protective,
    safety,
    screens,
    signs,
    stages,
    tolerance,
    use,
    weeks,
)
from tests.support.examples.recorded import Example, Recorded

EXAMPLES: Final[tuple[Example, ...]] = (
    *weeks.EXAMPLES,
    *use.EXAMPLES,
    *screens.EXAMPLES,
    *contact.EXAMPLES,
    *medication.EXAMPLES,
    *care.EXAMPLES,
    *signs.EXAMPLES,
    *drift.EXAMPLES,
    *stages.EXAMPLES,
    *craving.EXAMPLES,
    *protective.EXAMPLES,
    *tolerance.EXAMPLES,
    *safety.EXAMPLES,
    *disagreement.EXAMPLES,
)

__all__ = ["EXAMPLES", "Example", "Recorded"]
