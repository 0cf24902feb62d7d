"""Writes docs/indicators.md from the registry: ``python -m tests.support.indicator_docs``. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from casework import wording
from casework.indicators import COMPARISONS, INDICATORS, SUBJECTS, TABLE, Indicator
from casework.indicators import points as point_table
from casework.indicators.points import DOMAINS
from casework.indicators.rules import Rule
from casework.vocabulary import Score
from casework.windows import FURTHEST_WINDOW_DAYS
from tests.support.score_examples import SCORE_EXAMPLES, ScoreExample

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"

HEAD = f"""\
# Indicators and the point tables

This page is written from the registry (`python -m tests.support.indicator_docs`), and a test fails when the two
differ. The Definitions page of the dashboard shows the same. Worked examples are in `tests/support/examples` and
`tests/support/score_examples.py`; `tests/spec` checks every one.

## How to read them

- An indicator looks at dated rows up to the end of a day, and only at rows that were known by then. It gives a
  value, a level of concern (none, some, marked, serious, or unknown) and the rows that the value rests on.
- **Not asked is not no.** What nobody asked is unknown; it is neither present nor absent and never counts as zero.
- **A correction acts back.** It takes the place of the entry that it corrects from the day on which that one became
  known, and so does the stop of a medication: past weeks show what is now held to be right, and can differ from
  what was shown then. What was shown with a decision on the level of care is kept with the decision.
- **A dated absence is neither missing nor coming.** What fell into custody, a hospital stay, detox or a journey is not
  missed, and its days count neither as unseen, nor as silent, nor as days without a dose, from the day on which the
  absence is known. Lowered tolerance alone goes on reading them.
- A list's entry (a sign, a stage sign, a part of HALT) holds when its *latest answer* in the window says
  present. A later check-in that did not ask leaves it as it was.
- No window over frequent facts is longer than {FURTHEST_WINDOW_DAYS} days. With 26 weeks of facts each of the last 12
  weeks of history is therefore exactly what was shown then, late entries and corrections aside.
- No number of a client depends on another client. The drift chart compares a client with their own earlier check-ins;
  how often it is wrong, and where its limits come from, is in `docs/baseline.md`.
- Relapse does not mean that treatment failed. A reading is a reason to talk and perhaps to adjust the plan.

## Silence, safety and tolerance stand apart

- **Silence** ("overdue to hear from", against the interval of the client) adds no points. It decides the order among
  equals and has its own next step. That somebody was not *seen* for some days is a row of the tables.
- **Open safety items** stand above every rank until a named person acknowledges them. They are no part of the
  points, and no budget of calls limits them.
- **Lowered tolerance** is a flag of its own with the date of the last naloxone kit. It stands until 28 days
  after the last day on which its cause held (Sordo et al., BMJ 2017;357:j1550); a falling score never clears it.
- **Protective factors** are shown as strengths and never subtracted.
- **Where word and record differ** is a list to talk about, in both directions. It adds no points, no assessment works
  it out, and neither side of it is proof.
"""

POINTS = f"""\
## The point tables

Four scores, each the exact sum of the rows of its table that hold; the dashboard lists them with their dates.

- **Early warning**: will weeks with use or not coming begin? Fitted on the CTN-0094 trials: two points stand for one
  more of a hundred coming weeks with use or not coming.
- **Use**: is opioid use returning? Two points stand for one more of a hundred attended weeks with use.
- **Engagement**: will contact be lost? Fitted on four missed weeks in a row: twenty points multiply the odds by about
  2.7.
- **Signs**: the burden of warning signs. Set by hand on the scale of the early warning, **not yet validated**: the
  trials have no sign items. Each row states its reason.

A row holds zero, one or several times (a row about several weeks: once for each of them) and adds its points so often.
Negative points speak for the client. Everybody begins at the rows called *start*, so that a steady client does not
stand at 0. How the weights were fitted, and how well they do, is in `docs/scores.md`.

**What is not known makes no row hold.** The one exception puts right what the start would get wrong: the trials
screened everybody, and their start is that of somebody without any negative screen. Where no screen was due or taken
in 14 weeks, the rows `no_screens` take off what screens took off on average, so that a clinic that takes none looks
neither better nor worse; coverage is lower and the range of every stated chance is wider.

**The worklist's order** follows the *priority*: all points for use and signs, and a half of those for engagement
(rounded down).

| band | priority |
|---|---|
| low | below {point_table.WATCH_FROM} |
| watch | from {point_table.WATCH_FROM} |
| elevated | from {point_table.ELEVATED_FROM} |
| high | from {point_table.HIGH_FROM} |
| unknown | below {point_table.ELEVATED_FROM}, heard from fewer than {point_table.MIN_COVERAGE:.0%} of the domains, \
or neither a sign nor use asked about |

**Use in the last two weeks**, found or told of, is never low: the band is at least watch. Regular use in the last
two weeks, or an overdose in the last four, is at least elevated, whatever is not known beside it.

**Unknown** replaces low and watch only. What is missing cannot make what is known any better, so enough bad
facts stay elevated or high. Unknown is never drawn or sorted as low: it stands between elevated and watch,
because somebody has to ask.

**Chances.** From each score a probability is read by a monotone curve (the points of signs enter none). Its range is
the 95% interval of the curve, widened by as much as each domain that was not heard from usually moves the score.

Coverage is the share of these domains that were heard from; medication counts only with a prescription:
"""

MONOTONE = """\
## Bad facts never lower a score, good ones never raise it

Of two records that differ in one check-in's answers, the worse never has a lower score, a calmer band or a later rank,
and a further check-in with the same or worse answers lowers nothing but the rows about contact, whatever the history
and however check-ins are spaced (`tests/property/test_worse_in_time.py`). So nothing that compares a client with their
own past adds points: drift and the craving trend are readings alone.

`tests/property/test_monotone.py` tries this with random clients. The exceptions, each with a test of its own:

- A screen that finds an opioid, and a check-in that tells of use, also say that the client came or was heard.
- The latest answer counts: a moderate rating after a strong one.
- The first screen in 14 weeks, when it is not of these days, ends counting as the average; the first dose on record
  makes known which days had none.
- Time passing is no fact: a good week that grows old weighs less.
"""

LIMITS = """\
## Known limits

- The weights of use and engagement come from three trials of twelve to 24 weeks. Another clinic's clients can differ.
- The weights of signs were set by hand and are not yet validated.
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
    parts.append(
        _table(("domain", "heard from when"), [(domain, wording.HEARD_WHEN[domain]) for domain in DOMAINS])
    )
    for score in Score:
        parts += [f"### {score.value.capitalize()}\n", _table(_RULE, map(_rule, _rules_of(score)))]
    parts += ["### Worked examples\n", *map(_score_example, SCORE_EXAMPLES), MONOTONE, LIMITS]
    return "\n".join(parts)


_RULE = ("row", "holds with", "points", "basis")


def _rules_of(score: Score) -> list[Rule]:
    return [rule for rule in TABLE if rule.score is score]


def _rule(rule: Rule) -> tuple[str, ...]:
    return f"`{rule.id}`", wording.condition(rule), str(rule.points), wording.basis(rule.basis)


def _score_example(one: ScoreExample) -> str:
    """The example's facts in words, its rows with their points, and the scores that they add up to."""
    rows = [(f"`{rule.id}`", str(times), str(times * rule.points)) for rule, times in one.rows]
    totals = ", ".join(f"{score.value} {one.points(score)}" for score in Score)
    return f"**{one.title}.** {totals}\n\n{_table(('row', 'times', 'points'), rows)}"


def in_order() -> list[Indicator]:
    """The indicators by subject, in the order in which pages list them."""
    modules = [module.__name__ for module in SUBJECTS]
    return sorted((INDICATORS | COMPARISONS).values(), key=lambda one: modules.index(one.module))


def _indicator(one: Indicator) -> str:
    window = f"the last {one.window_days} days" if one.window_days else "all that is on record"
    step, words = one.next_step, wording.INDICATORS[one.id]
    by = "now" if step.within_days == 0 else f"within {step.within_days} day{'s' * (step.within_days > 1)}"
    rows = (
        ("window", window),
        ("unit", words.unit),
        ("levels", words.levels),
        ("next step", f"{wording.NEXT_STEPS[step.id]} ({step.who}, {by})"),
        ("source", words.source),
        ("limits", words.limits),
    )
    return f"### {words.label} (`{one.id}`)\n\n{words.definition}\n\n{_table(('', ''), rows)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
