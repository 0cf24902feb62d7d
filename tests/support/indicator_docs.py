"""Writes docs/indicators.md from the registry: ``python -m tests.support.indicator_docs``. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from casework.indicators import COMPARISONS, INDICATORS, SUBJECTS, TABLE, Indicator
from casework.indicators import points as point_table
from casework.indicators.points import DOMAINS
from casework.windows import FURTHEST_WINDOW_DAYS

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"

HEAD = f"""\
# Indicators and the point table

This page is written from the registry (`python -m tests.support.indicator_docs`), and a test fails when the two
differ. The Definitions page of the dashboard shows the same, with the worked examples of
`casework/indicators/examples.py`.

## How to read them

- An indicator looks at dated rows up to the end of a day, and only at rows that were known by then. It gives a
  value, a level of concern (none, some, marked, serious, or unknown) and the rows that the value rests on.
- **Not asked is not no.** What nobody asked is unknown; it is neither present nor absent and never counts as zero.
- **A correction acts back.** It takes the place of the entry that it corrects from the day on which that one became
  known, and so does the stop of a medication: past weeks show what is now held to be right, and can differ from
  what was shown then. What was shown with a decision on the level of care is kept with the decision.
- A list's entry (a sign, a stage sign, a part of HALT) holds when its *latest answer* in the window says
  present. A later check-in that did not ask leaves it as it was.
- No window over frequent facts is longer than {FURTHEST_WINDOW_DAYS} days. With 26 weeks of facts each of the last 12
  weeks of history is therefore exactly what was shown then, late entries and corrections aside.
- No number of a client depends on another client. The drift chart compares a client with their own earlier check-ins;
  how often it is wrong, and where its limits come from, is in `docs/baseline.md`.
- Relapse does not mean that treatment failed. A reading is a reason to talk and perhaps to adjust the plan.

## Silence, safety and tolerance stand apart

- **Silence** ("overdue to hear from") adds no points. It decides the order among equals and has its own next step.
- **Open safety items** stand above every rank until a named person acknowledges them. They are no part of the
  points, and no budget of calls limits them.
- **Lowered tolerance** is a flag of its own with the date of the last naloxone kit. It stands until 28 days
  after the last day on which its cause held (Sordo et al., BMJ 2017;357:j1550); a falling score never clears it.
- **Protective factors** are shown as strengths and never subtracted.
- **Where word and record differ** is a list to talk about, in both directions. It adds no points, no assessment works
  it out, and neither side of it is proof.
"""

POINTS = f"""\
## The point table

A score is the exact sum of the rows that hold, and the dashboard lists them with their dates. No row takes
points away. Rows about the same finding exclude each other: of "1 of the last 3 screens" and "2 of the last 3
screens" one holds.

Weights are whole numbers set by hand. Return to use, unexpected opioids in urine, missed screens, no-shows and missed
medication weigh far more than single signs, because in the CTN-0094 trials recent positives and missed visits
carry most of what can be known about the next weeks (Luo et al., JAMA Psychiatry 2024;81:45), while for the
signs only their total was shown to predict (Miller & Harris 2000). On the
trials' development part, which has no sign items, the table ranks with an AUC of .88 for relapse within four weeks
(missing counted as use), .66 for clients who are negative now, and .72 for observed use. The weights were not fitted
to it, and points are not probabilities: read bands as an order.

| band | points |
|---|---|
| low | below {point_table.WATCH_FROM} |
| watch | from {point_table.WATCH_FROM} |
| elevated | from {point_table.ELEVATED_FROM} |
| high | from {point_table.HIGH_FROM} |
| unknown | below {point_table.ELEVATED_FROM}, heard from fewer than {point_table.MIN_COVERAGE:.0%} of the domains, \
or neither a sign nor use asked about |

**Unknown** replaces low and watch only. What is missing cannot make what is known any better, so enough bad
facts stay elevated or high. Unknown is never drawn or sorted as low: it stands between elevated and watch,
because somebody has to ask.

Coverage is the share of these domains that were heard from; a domain that does not apply leaves the count:
"""

LIMITS = """\
## Known limits

- The table was set by hand; weights are not fitted and points are not probabilities.
- Signs, stages, craving and use rest on what a client says and on who asks. Screens can be wrong, above all
  presumptive ones. Fentanyl shows only where it was tested for.
- A no-show can mean a missed bus. Attendance says that somebody did not come, not why.
- A session without a mark is unknown and counts as nothing; so is a planned screen without a result until three
  days after its due date, when it counts as missed.
- A level that stays high becomes the usual one in the drift chart after some weeks: drift shows change, not height.
- Of two entries on one day the one that happened later counts as the latest answer.
"""


def page() -> str:
    """docs/indicators.md as it should be."""
    parts = [HEAD, "## Indicators\n", *(_indicator(one) for one in in_order()), POINTS]
    parts.append(_table(("domain", "heard from when"), DOMAINS))
    rows = [(f"`{rule.id}`", rule.condition, str(rule.points)) for rule in TABLE]
    parts += [_table(("row", "holds with", "points"), rows), LIMITS]
    return "\n".join(parts)


def in_order() -> list[Indicator]:
    """The indicators by subject, in the order in which pages list them."""
    modules = [module.__name__ for module in SUBJECTS]
    return sorted((INDICATORS | COMPARISONS).values(), key=lambda one: modules.index(one.module))


def _indicator(one: Indicator) -> str:
    window = f"the last {one.window_days} days" if one.window_days else "all that is on record"
    step = one.next_step
    by = "now" if step.within_days == 0 else f"within {step.within_days} day{'s' * (step.within_days > 1)}"
    rows = (
        ("window", window),
        ("unit", one.unit),
        ("levels", one.levels),
        ("next step", f"{step.what} ({step.who}, {by})"),
        ("source", one.source),
        ("limits", one.limits),
    )
    return f"### {one.label} (`{one.id}`)\n\n{one.definition}\n\n{_table(('', ''), rows)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
