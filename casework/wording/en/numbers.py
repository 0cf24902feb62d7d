"""Numbers, shares and chances in words, the same on every page."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from casework.wording.en.locale import LOCALE

MINUS = "\N{MINUS SIGN}"
SMALL = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
PARTS = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth"}
ONE_IN_TEN = 0.095
"""From here on a chance is said in tenths."""
_FEWER = "fewer than 1"


def number(count: int) -> str:
    """ "no", "one" … "twelve", then digits: for the middle of a sentence."""
    return SMALL[count] if 0 <= count < len(SMALL) else _digits(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "one client", "three clients", "45 clients": within a sentence."""
    return f"{number(count)} {_plural(count, one, many)}"


def count(count: int, one: str, many: str | None = None) -> str:
    """ "1 day", "3 days", "1,323 clients": in a row, where numbers are compared."""
    return f"{_digits(count)} {_plural(count, one, many)}"


def _plural(count: int, one: str, many: str | None) -> str:
    return one if LOCALE.plural_form(count) == "one" else many or one + "s"


@lru_cache(maxsize=4096)
def _digits(count: int) -> str:
    return format_decimal(count, locale=LOCALE)


def percent(share: float) -> str:
    """A share from 0 to 1: "84%", "not known" for NaN. Neither "0%" nor "100%" unless it is none or all."""
    if math.isnan(share):
        return "not known"
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return format_percent(Decimal(whole) / 100, locale=LOCALE)


def chance(low: float, likely: float, high: float) -> str:
    """A probability with its range, as people out of a group: "about 3 in 10 (2 to 5 in 10)", below one in ten "about 4
    in 100 (3 to 6 in 100)"; without the range where rounding leaves nothing of it."""
    of = 10 if likely >= ONE_IN_TEN else 100
    middle, said = between(likely, likely, of), between(low, high, of)
    about = middle if middle.startswith(_FEWER) else f"about {middle}"
    return about if said == middle else f"{about} ({said})"


def between(low: float, high: float, of: int = 10) -> str:
    """A range of probabilities: "2 to 5 in 10", "fewer than 1 to 6 in 10"; "3 in 10" when both round to the same."""
    first, last = _people(low, of), _people(high, of)
    return f"{last} in {of}" if first == last else f"{first} to {last} in {of}"


def _people(share: float, of: int) -> str:
    whole = min(int(of * share + 0.5), of - 1)  # nothing is certain
    return str(whole) if whole else _FEWER


def decimal(value: float, digits: int = 1) -> str:
    """ "12", "3.5", "−0.4", "not known" for NaN: without needless zeros."""
    if math.isnan(value):
        return "not known"
    # Rounded as a float first: half a unit goes where it always went.
    pattern = "#,##0." + "#" * digits
    rounded = Decimal(f"{value:.{digits}f}") + 0  # adding nothing takes the sign off a zero
    return format_decimal(rounded, pattern, locale=LOCALE).replace("-", MINUS)


def part(of: int) -> str:
    """One part of so many: "a third", "a fifth"."""
    return PARTS.get(of, f"one in {of}")


def signed(points: float) -> str:
    """What something adds or takes away: "+24", "−12", "0"."""
    whole = round(points)
    return f"{whole:+d}".replace("-", MINUS) if whole else "0"


def change(points: float, since: str) -> str:
    """A change of a score: "up 3 points in 4 weeks", "no change in 4 weeks", "no score 4 weeks ago" for NaN."""
    if math.isnan(points):
        return f"no score {since} ago"
    if round(points) == 0:
        return f"no change in {since}"
    return f"{'up' if points > 0 else 'down'} {count(abs(round(points)), 'point')} in {since}"
