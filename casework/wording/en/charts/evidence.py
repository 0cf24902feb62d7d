"""How well the scores did on the trial data, in words: beside simple rules, and whether stated chances hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from casework.wording.en.numbers import percent

OURS: Final = "Tideline"
RULE: Final = "Simple rule"
AREA_AXIS: Final = "0.5 is a coin, 1 is always right"
STATED_AXIS: Final = "Chance that was stated"
OBSERVED_AXIS: Final = "Share in whom it happened"


class Area(NamedTuple):
    """The area under the curve of what is called `name`, with the limits of its interval."""

    name: str
    auc: float
    low: float
    high: float


class Tenth(NamedTuple):
    """Of a tenth of the person-weeks: the chance that was stated, and the share in whom it happened."""

    stated: float
    observed: float


def area(one: Area) -> str:
    """A mark's box on hover."""
    return f"{one.name}: {one.auc:.3f} ({one.low:.3f} to {one.high:.3f})"


def areas_title(ours: float, best_rule: float) -> str:
    """Our area under the curve against that of the best simple rule."""
    ahead = "ahead of" if ours > best_rule else "not ahead of"
    return f"{OURS} {ours:.2f}, {ahead} the best simple rule with {best_rule:.2f}"


def areas_alt(ours: Area, rules: Sequence[Area]) -> str:
    """Ours, then the rules from the best one on."""
    said = "; ".join(_short(one) for one in (ours._replace(name=OURS), *rules))
    return f"How often right about who is next, and the range in which it very likely lies. {said}."


def _short(one: Area) -> str:
    return f"{one.name} {one.auc:.2f} ({one.low:.2f} to {one.high:.2f})"


def tenth(one: Tenth, weeks: int) -> str:
    """A mark's box on hover; `weeks` is the number of person-weeks."""
    return f"Stated {percent(one.stated)}, happened in {percent(one.observed)} of {weeks:,} weeks"


def calibration_alt(what: str, lowest: Tenth, highest: Tenth) -> str:
    """`what` is the outcome."""
    return (
        f"{what}: stated chance and share in whom it happened, by tenths of the person-weeks. Lowest tenth: "
        f"{_happened(lowest)}. Highest tenth: {_happened(highest)}."
    )


def _happened(one: Tenth) -> str:
    return f"stated {percent(one.stated)}, happened in {percent(one.observed)}"
