"""docs/baseline.md, written from the figures of the simulation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casework.indicators.drift import HELD_OUT, LAMBDA, MIN_ASKED, MIN_POINTS, RECENT_DAYS
from casework.validation.baseline.charts import SLACK, TEXTBOOK_LIMIT
from casework.validation.baseline.clients import FEWEST_ASKED, KEPT, PERSONAL, RATES, SIGNS, TOGETHER, Setting
from casework.validation.baseline.measure import (
    HALF_YEAR_DAYS,
    LATER,
    REFERENCE,
    SOON,
    Drifting,
    Figures,
    Rate,
)
from casework.windows import FURTHEST_WINDOW_DAYS
from casework.wording import listed, percent

HEAD: Final = """\
# Own baseline: the chart, its limits and how often it is wrong

This page is written by `python -m casework.validation.baseline` (seed {seed}, {clients:,} made-up clients of each kind;
about a minute). Its figures are in `baseline.json`. A test runs a short form with another seed and fails when the
stated false-alarm rate is not within its Monte Carlo interval; another fails when this page and the figures differ.

## What is stated

**Of clients who stay steady, about 3 in 10 cross the warning limit ({warning:g}) and about 1 in 10 the alarm limit
({alarm:g}) within half a year of weekly check-ins.** Simulated: {warned} and {alarmed}, 95% Monte Carlo
intervals in brackets. The limits at which it would be exactly 3 and 1 in 10 are {found[0]:g} and {found[1]:g}.
That is the mean over many kinds of steady clients. In the worst kind (weekly, {worst.rate} signs, resemblance
{worst.setting.stay:g}) it is {worst_warned} and {worst_alarmed}.

Why 1 in 10: with 45 steady clients it is four or five false alarms in half a year, fewer than one a month. A stricter
limit would miss most of what the chart can find (see the last table). A warning adds few points and is read beside
other findings, so it may come more often.

## The chart

- A point is a check-in of the last {window} days that asked at least {min_asked} signs: the share of asked signs that
  were present.
- The client's usual level (center) is the mean of all points but the latest {held_out}. At least {min_points} points,
  one of them in the last {recent} days; otherwise there is no chart.
- The moving average starts at the center; each point weighs {weight:g} against what came before.
- The spread of a point is the client's own, but no smaller than chance alone gives for so many questions at their
  level, with one made-up check-in of two signs in twelve counted in. A client's chart depends on no other client.
- The number is the average's distance from the center in standard deviations *of that distance*. Center and average
  are made of the same few points, so the textbook's formula, which takes the center as known, does not hold.

## The made-up clients

Nobody has published how the twelve signs move from week to week in a steady client, and the trial data has no sign
items. So the model is plain, its range is wide, and these numbers are only as good as it is.

- Chance of a sign: {rates}, which is about {numbers} of {signs} signs at a
  check-in. Each client has signs of their own: the latent threshold varies with a standard deviation of {personal:g}.
- Signs of one check-in go together (correlation {together:g}), and resemble those of the week before (correlation 0,
  0.3 or 0.6), both on the latent scale.
- Check-ins are weekly or fortnightly; {kept:.0%} take place. All twelve signs are asked, or any {fewest} to {signs}.
- The reference, for which the limits hold: weekly, all rates, all correlations, all or some signs asked, in equal
  parts ({reference:,} clients). Half a year is the first {half_year} days' worth of check-ins on the chart, which
  takes in the weeks when the baseline is at its thinnest.
- Drift: from one check-in on, so many further signs (those least likely in the client) are present each time.
"""

STEADY: Final = """\
## Steady clients

"Warning" and "alarm" are the shares of clients with at least one in half a year; "of check-ins" is the share of
check-ins on which the alarm stands.
"""

RUNS: Final = """\
The resemblance from week to week matters most: the more alike two weeks are, the less the few weeks of a baseline
say about the client. Run length is the mean number of check-ins until the first false alarm, two years at most for a
client (who has none by then counts with the check-ins that they had).
"""

CHOICE: Final = """\
## EWMA or CUSUM

Each chart with the limits that give *it* 3 in 10 and 1 in 10 in the reference clients:

{limits}
The published limit of {textbook_limit} for this weight (normal data, known level) would alarm {textbook} of
steady clients in half a year instead of 10%: too few points, an estimated center and signs that persist. So no
table's limit can be used here.

The CUSUM (slack {slack:g} standard deviations, same points, center and spread) finds as much as the moving average with
weekly check-ins, to about a percentage point. With fortnightly ones it finds somewhat more, at the price of more false
alarms there ("none" in the last table). **The moving average is kept**: it is a share of signs, on the same axis as the
points, so the chart can be read without knowing what a CUSUM is. Showing both would add up their false alarms.

## How soon drift is seen

Share of clients in alarm within {soon} and {later} planned check-ins of the change, in warning within {soon}, and
the median number of check-ins until the alarm of those found. Resemblance is 0.3. "None" shows what the same weeks give
by chance.
"""

LIMITS: Final = """\
## What follows

- The chart sees a sudden rise of three signs or more in a client who has few. It mostly misses one sign more, and a
  rise in a client who always has many: the other rows about signs are there for those.
- What it has not found within a month it seldom finds later: the new level has become the usual one.
- It is a question ("what has changed?"), never a finding by itself.
"""


def page(figures: Figures) -> str:
    """docs/baseline.md as it should be."""
    return "\n".join(
        [
            _head(figures),
            STEADY,
            _steady_table(figures),
            RUNS,
            _run_table(figures),
            _choice(figures),
            _drift_table(figures.drifting),
            LIMITS,
        ]
    )


def _head(figures: Figures) -> str:
    worst = max(figures.steady, key=lambda row: row.alarmed.share)
    return HEAD.format(
        seed=figures.seed,
        clients=figures.clients,
        warned=_with_interval(figures.warned),
        alarmed=_with_interval(figures.alarmed),
        warning=figures.chosen[0],
        alarm=figures.chosen[1],
        found=figures.limits["EWMA as shipped"],
        worst=worst,
        worst_warned=percent(worst.warned.share),
        worst_alarmed=percent(worst.alarmed.share),
        window=FURTHEST_WINDOW_DAYS,
        min_asked=MIN_ASKED,
        held_out=HELD_OUT,
        min_points=MIN_POINTS,
        recent=RECENT_DAYS,
        weight=LAMBDA,
        rates=listed([f"{rate:g} ({name})" for name, rate in RATES.items()]),
        numbers=listed([f"{SIGNS * rate:.1f}" for rate in RATES.values()]),
        signs=SIGNS,
        personal=PERSONAL,
        together=TOGETHER,
        kept=KEPT,
        fewest=FEWEST_ASKED,
        reference=figures.clients * len(REFERENCE),
        half_year=HALF_YEAR_DAYS,
    )


def _choice(figures: Figures) -> str:
    limits = _table(
        ("chart", "warning", "alarm"),
        [(name, f"{pair[0]:g}", f"{pair[1]:g}") for name, pair in figures.limits.items()],
    )
    return CHOICE.format(
        limits=limits,
        textbook_limit=TEXTBOOK_LIMIT,
        textbook=_with_interval(figures.textbook_alarmed),
        slack=SLACK,
        soon=SOON,
        later=LATER,
    )


def _steady_table(figures: Figures) -> str:
    return _table(
        ("check-ins", "asked", "resemblance", "signs", "warning", "alarm", "of check-ins"),
        [
            (
                *_setting(row.setting),
                f"{row.setting.stay:g}",
                row.rate,
                percent(row.warned.share),
                _with_interval(row.alarmed),
                f"{row.check_ins_alarmed:.1%}",
            )
            for row in figures.steady
        ],
    )


def _run_table(figures: Figures) -> str:
    return _table(
        (
            "check-ins",
            "resemblance",
            "check-ins to the first false alarm",
            "clients without any in two years",
        ),
        [
            (_setting(row.setting)[0], f"{row.setting.stay:g}", f"{row.check_ins:.0f}", percent(row.never))
            for row in figures.run_lengths
        ],
    )


def _drift_table(rows: Sequence[Drifting]) -> str:
    """A line for a setting, change and rate; the chart that is shipped beside the CUSUM."""
    both: dict[tuple[Setting, int, str], dict[str, Drifting]] = {}
    for row in rows:
        both.setdefault((row.setting, row.signs_more, row.rate), {})[row.chart] = row
    ours = (f"alarm within {SOON}", f"within {LATER}", f"warning within {SOON}", "median")
    theirs = (f"CUSUM: alarm within {SOON}", f"within {LATER}")
    lines = []
    for (setting, more, rate), pair in both.items():
        rise = f"+{more}" if more else "none"
        seen = (*_seen(pair["EWMA as shipped"]), *_seen(pair["CUSUM"])[:2])
        lines.append((*_setting(setting), rise, rate, *seen))
    return _table(("check-ins", "asked", "signs more", "signs before", *ours, *theirs), lines)


def _seen(row: Drifting) -> tuple[str, ...]:
    median = "" if row.median is None else f"{row.median:g}"
    return percent(row.soon), percent(row.later), percent(row.warned), median


def _setting(setting: Setting) -> tuple[str, str]:
    often = "weekly" if setting.every == 7 else "fortnightly"
    return often, "all" if setting.all_asked else f"{FEWEST_ASKED} to {SIGNS}"


def _with_interval(rate: Rate) -> str:
    return f"{100 * rate.share:.1f}% ({100 * rate.low:.1f} to {100 * rate.high:.1f})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
