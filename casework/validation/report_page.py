"""docs/validation.md, written from the figures of the validation report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casework.caseload.evidence_report import LABELS, LANDMARK, Interval, Report
from casework.wording import percent

TARGETS: Final = {
    "relapse": (0.90, 0.74, 0.63),
    "early": (0.71, 0.25, 0.43),
    "use": (0.785, 0.42, 0.53),
    "dropout": (0.94, 0.77, 0.86),
    LANDMARK: (0.855, None, None),
}
"""Aimed at: area under the curve, average precision, share caught at 20% flagged."""
FLOOR: Final = {
    "relapse": (0.890, 0.663, 0.61),
    "early": (0.701, 0.246, 0.40),
    "use": (0.731, 0.355, 0.48),
    "dropout": (0.818, None, None),
    LANDMARK: (0.853, None, None),
}
"""What one simple hand-set table of points reaches on the same data, as its README states."""

HEAD: Final = """\
# Validation: how well the scores do

This page is written by `make validate` (some minutes; it needs the trial data in `CTN0094_DIR`). Its figures are in
`casework/caseload/evidence_report.json`, which the Evidence page of the dashboard reads. A test fails when this page
and the figures differ. How the scores were made, and what was tried, is in [scores.md](scores.md).

- **Data:** {people:,} people of three trials (CTN-0027, CTN-0030, CTN-0051; project CTN-0094), the development part of
  {packages}. SHA-256 of the two files: `{digest}`.
- **Out of fold:** people were dealt into {folds} folds; each person is scored with points, choice of rows and chances
  that were fitted on the other folds.
- **Rows** are person-weeks, from the end of study week 3 on. **Intervals** are 95%, from {resamples} draws of people.
- Brackets hold intervals. AUC is the area under the ROC curve: the chance that somebody with an event scores higher
  than somebody without (0.5 is a coin). "Caught" is the share of all events among those flagged when the given share
  of the caseload is flagged each week.
- About {variants} variants were tried on these people before this one was kept, so the figures are a little too kind.
"""


def page(report: Report) -> str:
    """docs/validation.md as it should be."""
    data = report.data
    head = HEAD.format(
        people=data.people, packages=data.packages, digest=data.digest, folds=data.folds,
        resamples=data.resamples, variants=data.variants,
    )  # fmt: skip
    parts = (
        head,
        "## Who is next\n",
        _discrimination(report),
        "## Against what was aimed at\n\nAUC / average precision / caught at 20%. The floor is one simple hand-set "
        "table of points on the same data.\n",
        _targets(report),
        "## Missing counted as use, and what was observed only\n\nThe trials count a week without a visit as use. The "
        "same scores (AUC) against that outcome, and against use that urine or the person showed. A figure in the "
        "first column alone would partly say that people who stop coming stop coming.\n",
        _by_score(report),
        '## Beside simple rules\n\n"Ahead" is our AUC minus the rule\'s on the same draws of people.\n',
        _comparisons(report),
        "## Stated chances against what happened\n\nOut of fold. 1, 0 and 1 would be perfect. Below: tenths of the "
        "person-weeks by stated chance; stated and observed.\n",
        _calibration(report),
        _bins(report),
        "## How early\n\nEvents from week 8 on. The lead is the number of weeks in a row up to the event in which "
        "the client was flagged; events that were not flagged in the last week count as 0.\n",
        _leads(report),
        "## Groups of people\n\nNo score reads sex, age, race, ethnicity, trial or place. Everybody is flagged "
        'together (20% each week); "flagged" is the group\'s own share. Observed to expected above 1 means that the '
        'stated chance was too low. These are the trials\' own names for groups. "–": too few events to say.\n',
        _groups(report),
    )
    return "\n".join(parts)


def _discrimination(report: Report) -> str:
    return _table(
        ("outcome", "score", "people", "rows", "events", "AUC", "average precision", "caught at 10%", "at 20%"),
        [
            (
                LABELS[one.outcome], one.score, f"{one.people:,}", f"{one.rows:,}", f"{one.events:,}",
                *(_with_interval(figure) for figure in (one.auc, one.precision, one.caught_10, one.caught_20)),
            )
            for one in report.discrimination
        ],
    )  # fmt: skip


def _targets(report: Report) -> str:
    rows = []
    for one in report.discrimination:
        reached = (one.auc.value, one.precision.value, one.caught_20.value)
        target, floor = TARGETS[one.outcome], FLOOR[one.outcome]
        rows.append(
            (
                LABELS[one.outcome],
                _three(reached),
                _three(target),
                _three(floor),
                _missed(reached, target, floor),
            )
        )
    return _table(("outcome", "reached", "aimed at", "floor", "not reached"), rows)


def _three(figures: Sequence[float | None]) -> str:
    return " / ".join("–" if one is None else f"{one:.3f}" for one in figures)


def _missed(reached: Sequence[float], target: Sequence[float | None], floor: Sequence[float | None]) -> str:
    names = ("AUC", "average precision", "caught at 20%")
    said = []
    for name, figure, aim, least in zip(names, reached, target, floor, strict=True):
        if least is not None and figure < least:
            said.append(f"{name} (below the floor)")
        elif aim is not None and figure < aim:
            said.append(name)
    return ", ".join(said) or "–"


def _by_score(report: Report) -> str:
    found = {(one.score, one.outcome): _with_interval(one.auc) for one in report.by_score}
    outcomes = [one.outcome for one in report.discrimination]
    scores = dict.fromkeys(one.score for one in report.by_score)
    return _table(
        ("score", *(LABELS[outcome] for outcome in outcomes)),
        [(score, *(found[score, outcome] for outcome in outcomes)) for score in scores],
    )


def _comparisons(report: Report) -> str:
    return _table(
        ("outcome", "rule", "AUC", "average precision", "caught at 20%", "ahead"),
        [
            (
                LABELS[one.outcome], one.rule, _with_interval(one.auc), f"{one.precision:.3f}", f"{one.caught_20:.3f}",
                _with_interval(one.ahead),
            )
            for one in report.comparisons
        ],
    )  # fmt: skip


def _calibration(report: Report) -> str:
    return _table(
        ("outcome", "slope", "intercept", "observed to expected"),
        [
            (
                LABELS[one.outcome],
                *(_with_interval(figure, 2) for figure in (one.slope, one.intercept, one.ratio)),
            )
            for one in report.calibration
        ],
    )


def _bins(report: Report) -> str:
    tenths = range(len(report.calibration[0].bins))
    return _table(
        ("outcome", *(str(number + 1) for number in tenths)),
        [
            (
                LABELS[one.outcome],
                *(f"{percent(part.stated)}: {percent(part.observed.value)}" for part in one.bins),
            )
            for one in report.calibration
        ],
    )


def _leads(report: Report) -> str:
    return _table(
        (
            "outcome", "flagged", "events", "flagged in the 4 weeks before", "median lead (weeks)", "mean",
            "2 or more", "4 or more",
        ),
        [
            (
                LABELS[one.outcome], percent(one.flagged), str(one.events), percent(one.caught), f"{one.median:g}",
                f"{one.mean:.1f}", percent(one.two_weeks), percent(one.four_weeks),
            )
            for one in report.leads
        ],
    )  # fmt: skip


def _groups(report: Report) -> str:
    return _table(
        ("outcome", "by", "group", "people", "events", "flagged", "AUC", "caught at 20%", "observed to expected"),
        [
            (
                LABELS[one.outcome], one.by, one.group, f"{one.people:,}", f"{one.events:,}", percent(one.flagged),
                _with_interval(one.auc), _with_interval(one.caught_20, 2), _with_interval(one.ratio, 2),
            )
            for one in report.groups
        ],
    )  # fmt: skip


def _with_interval(figure: Interval | None, digits: int = 3) -> str:
    if figure is None:
        return "–"
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} to {figure.high:.{digits}f})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
