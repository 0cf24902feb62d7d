"""The fitted numbers as code: the module `casework.indicators.fitted`, written and never edited by hand."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import numpy as np

from casework.indicators import fitted
from casework.indicators.chances import LIKELY, Curve, probability
from casework.indicators.points import DOMAINS, weight
from casework.indicators.tables import CANDIDATES
from casework.indicators.weeks import count, weeks
from casework.validation.scores import FITTED_SCORES, Fit
from casework.validation.study import Study
from casework.vocabulary import Outcome, Score
from casework.windows import Floats

FITTED: Final = Path(str(fitted.__file__))
BAND_CHANCES: Final = {"WATCH_FROM": 0.10, "ELEVATED_FROM": 0.25, "HIGH_FROM": 0.50}
"""The chance of a relapse within four weeks (missing counted as use) from which a band begins."""
_DOMAIN_OF: Final = {
    "use_weeks": 2, "reported_use": 2,
    "clean_weeks": 3, "stimulants": 3,
    "missed_weeks": 1, "days_unseen": 1,
    "days_without_dose": 4,
}  # fmt: skip


def written(study: Study, found: Fit) -> str:
    """The text of the module."""
    kept = {id_: points for id_, points in found.points.items() if points}
    lines = [
        '"""Points and probabilities that were fitted, written by ``python -m casework.validation fit``.',
        "",
        "Not edited by hand. What they were fitted to and how well they do: `docs/scores.md`.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        "POINTS: Final[dict[str, int]] = {",
        *(f'    "{id_}": {points},' for id_, points in kept.items()),
        "}",
        '"""Points of each row; a row that is not named got none."""',
        "",
    ]
    for name, points in thresholds(found.curves[Outcome.RELAPSE]).items():
        lines.append(f"{name}: Final = {points}")
    lines += [
        '"""Priority from which the chance of a relapse is at least that of the band (see `shipping.BAND_CHANCES`)."""',
        "",
        "CURVES: Final[dict[str, tuple[tuple[float, float, float, float], ...]]] = {",
    ]
    for outcome, curve in found.curves.items():
        lines.append(f'    "{outcome.value}": (')
        lines += [f"        {knot!r}," for knot in curve]
        lines.append("    ),")
    lines += [
        "}",
        '"""By outcome: points, and the lower limit, likely value and upper limit of the probability there."""',
        "",
        "SWING: Final[dict[str, tuple[int, ...]]] = {",
        *(f'    "{name}": {sizes!r},' for name, sizes in swings(study, found.points).items()),
        "}",
        '"""How many points each domain usually moves a score (a standard deviation), in the order of the domains."""',
        "",
        "SCREENS_ON_AVERAGE: Final[dict[str, int]] = {",
        *(f'    "{name}": {points},' for name, points in screens_on_average(study, found.points).items()),
        "}",
        '"""Mean of what the rows about screens add, over the person-weeks in which none of the last four weeks was',
        'missed."""',
        "",
    ]
    return "\n".join(lines)


def thresholds(curve: Curve) -> dict[str, int]:
    """The lowest priority at which the likely chance reaches each band's."""
    grid = np.arange(math.floor(curve[0][0]), math.ceil(curve[-1][0]) + 1)
    chances = probability(curve, grid, LIKELY)
    return {name: int(grid[np.argmax(chances >= from_)]) for name, from_ in BAND_CHANCES.items()}


def swings(study: Study, points: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """How many points each domain usually moves a score, and the priority, which takes a part of engagement."""
    read = {score.value: _by_domain(study, score, points) for score in FITTED_SCORES}
    read["priority"] = np.sum([weight(score, 1) * read[score.value] for score in FITTED_SCORES], axis=0)
    return {name: tuple(round(size) for size in moved.std(axis=0).tolist()) for name, moved in read.items()}


def screens_on_average(study: Study, points: dict[str, int]) -> dict[str, int]:
    """What the rows about screens add to each score on average, where none of the last four weeks was missed."""
    came = count(weeks(study.panel).missed, 0, 3) == 0
    screens = DOMAINS.index("screens")
    added = {score.value: _by_domain(study, score, points)[came, screens] for score in FITTED_SCORES}
    return {name: round(float(of_rows.mean())) for name, of_rows in added.items()}


def _by_domain(study: Study, score: Score, points: dict[str, int]) -> Floats:
    """[panel rows, domains]: the points that each domain adds to a score."""
    rules = tuple(rule for rule in CANDIDATES if rule.score is score)
    added = study.times(rules) * np.array([points[rule.id] for rule in rules])
    domain = np.array([_DOMAIN_OF.get(rule.indicator_id, -1) for rule in rules])
    return np.stack([added[:, domain == bit].sum(axis=1) for bit in range(len(DOMAINS))], axis=1)
