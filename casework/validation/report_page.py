"""docs/validation.md, written from the figures of the validation report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casework.caseload.calls_report import CallsReport
from casework.caseload.evidence_report import LABELS, LANDMARK, Interval, Report
from casework.validation import calls_page
from casework.validation.written import written
from casework.wording import percent

TARGETS: Final = {
    "relapse": (0.90, 0.745, 0.635),
    "early": (0.715, 0.27, 0.43),
    "use": (0.785, 0.44, 0.54),
    "dropout": (0.941, 0.785, 0.862),
    LANDMARK: (0.862, None, None),
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

Rows = list[tuple[str, ...]]


def page(report: Report, calls: CallsReport) -> str:
    """docs/validation.md as it should be."""
    return written(
        "validation.md.j2",
        data=report.data,
        calls=calls,
        calls_head=calls_page.HEADINGS,
        calls_rows=calls_page.rows(calls.lists),
        calls_aims=calls_page.aims(calls),
        calls_ahead=calls_page.ahead(calls),
        calls_variants=calls_page.rows(calls.variants),
        discrimination=_discrimination(report),
        targets=_targets(report),
        outcomes=[LABELS[one.outcome] for one in report.discrimination],
        by_score=_by_score(report),
        comparisons=_comparisons(report),
        calibration=_calibration(report),
        tenths=[str(number + 1) for number in range(len(report.calibration[0].bins))],
        bins=_bins(report),
        situations=_situations(report),
        leads=_leads(report),
        groups=_groups(report),
    )


def _discrimination(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            one.score,
            f"{one.people:,}",
            f"{one.rows:,}",
            f"{one.events:,}",
            *(_with_interval(figure) for figure in (one.auc, one.precision, one.caught_10, one.caught_20)),
        )
        for one in report.discrimination
    ]


def _targets(report: Report) -> Rows:
    rows: Rows = []
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
    return rows


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


def _by_score(report: Report) -> Rows:
    found = {(one.score, one.outcome): _with_interval(one.auc) for one in report.by_score}
    outcomes = [one.outcome for one in report.discrimination]
    scores = dict.fromkeys(one.score for one in report.by_score)
    return [(score, *(found[score, outcome] for outcome in outcomes)) for score in scores]


def _comparisons(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            one.rule,
            _with_interval(one.auc),
            f"{one.precision:.3f}",
            f"{one.caught_20:.3f}",
            _with_interval(one.ahead),
        )
        for one in report.comparisons
    ]


def _calibration(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            *(_with_interval(figure, 2) for figure in (one.slope, one.intercept, one.ratio)),
        )
        for one in report.calibration
    ]


def _bins(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            *(f"{percent(part.stated)}: {percent(part.observed.value)}" for part in one.bins),
        )
        for one in report.calibration
    ]


def _situations(report: Report) -> Rows:
    rows: Rows = []
    for name in dict.fromkeys(one.situation for one in report.situations):
        of = {one.outcome: one for one in report.situations if one.situation == name}
        for outcome, one in of.items():
            rows.append(
                (
                    name,
                    LABELS[outcome],
                    f"{one.rows:,} ({one.people:,})",
                    "–" if one.stated is None else percent(one.stated),
                    _in_percent(one.observed),
                    "" if one.holds else "does not hold",
                )
            )
    return rows


def _in_percent(figure: Interval | None) -> str:
    if figure is None:
        return "–"
    return f"{percent(figure.value)} ({percent(figure.low)} to {percent(figure.high)})"


def _leads(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            percent(one.flagged),
            str(one.events),
            percent(one.caught),
            f"{one.median:g}",
            f"{one.mean:.1f}",
            percent(one.two_weeks),
            percent(one.four_weeks),
        )
        for one in report.leads
    ]


def _groups(report: Report) -> Rows:
    return [
        (
            LABELS[one.outcome],
            one.by,
            one.group,
            f"{one.people:,}",
            f"{one.events:,}",
            percent(one.flagged),
            _with_interval(one.auc),
            _with_interval(one.caught_20, 2),
            _with_interval(one.ratio, 2),
        )
        for one in report.groups
    ]


def _with_interval(figure: Interval | None, digits: int = 3) -> str:
    if figure is None:
        return "–"
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} to {figure.high:.{digits}f})"
