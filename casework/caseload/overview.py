"""The caseload at a glance: the groups by week and who moved, sessions, stage tags, levels of care, and points."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.kept import keeps
from casework.caseload.standing import known_caseload, stories_of
from casework.caseload.story import Story
from casework.figures.caseload import STAGE_DAYS
from casework.figures.flow import GROUPS
from casework.frames import Facts, to_date, to_day
from casework.indicators import Assessment
from casework.indicators.screens import unexpected_opioid
from casework.level_of_care import first_options
from casework.standing.over_weeks import groups_by_week
from casework.users import User
from casework.vocabulary import KEPT_MARKS, STAGE_SIGNS, Band, Group, Mark, Stage, stage_mask, term, unmask
from casework.windows import Ints, Panel
from db.queries.clients import ClientRow, all_of

WEEKS: Final = 12
FLOW_WEEKS: Final = 8
_MARKS: Final = tuple(Mark)
_KEPT: Final = [_MARKS.index(mark) for mark in KEPT_MARKS]
_NO_SHOW: Final = _MARKS.index(Mark.NO_SHOW)
_NEVER: Final = -1


@dataclass(frozen=True)
class OverviewClient:
    """One client in the table, and where they stand. `points` is None while the band is unknown, `change` (points in
    four weeks) while it is; levels are identifiers of LEVELS."""

    client_id: int
    name: str
    counselor: str
    band: Band
    points: int | None
    change: float | None
    current: str
    recommended: str
    story: Story


@dataclass(frozen=True)
class Missed:
    """A session that a client missed."""

    client_id: int
    name: str
    on: dt.date


@dataclass(frozen=True)
class Stood:
    """Where a client stood at the end of a week, and a week before (None: not in care)."""

    client_id: int
    name: str
    on: dt.date
    group: Group
    before: Group | None


@dataclass(frozen=True)
class KeptInWeek:
    """The sessions of a week that counted."""

    ends: dt.date
    kept: int
    missed: int


@dataclass(frozen=True)
class Tagged:
    """A stage of which a client shows signs, the latest on the day `on`."""

    client_id: int
    name: str
    stage: Stage
    on: dt.date
    signs: str


@dataclass(frozen=True)
class Overview:
    """One caseload, or a team's. Frames hold only clients whom the user sees, in priority order.

    clients: client_id, name, counselor, band, points, change, current, recommended, step, adjusts.
    history: client_id, day (the last of a week), points, band; 12 weeks up to today.
    flow: client_id, name, day (the last of a week), group, before (the group a week earlier; "" before admission);
    8 weeks up to today.
    tags: client_id, name, stage, day (latest evidence), signs; a row a client and stage.
    attendance: day (the last of a week), kept, counted. missed: client_id, name, day; the no-shows behind it.
    """

    today: dt.date
    clients: pd.DataFrame
    history: pd.DataFrame
    flow: pd.DataFrame
    tags: pd.DataFrame
    attendance: pd.DataFrame
    missed: pd.DataFrame
    counselors: dict[int, str]
    stories: Mapping[int, Story]

    @cached_property
    def rows(self) -> tuple[OverviewClient, ...]:
        """The clients as rows of a table, in priority order."""
        return tuple(
            OverviewClient(
                client_id=int(row.client_id),
                name=row.name,
                counselor=row.counselor,
                band=Band(row.band),
                points=None if row.band == Band.UNKNOWN.value else int(row.points),
                change=None if math.isnan(row.change) else float(row.change),
                current=row.current,
                recommended=row.recommended,
                story=self.stories[int(row.client_id)],
            )
            for row in _tuples(self.clients)
        )

    def stood(self, day: int, place: int) -> tuple[Stood, ...]:
        """Who stood in a group at the end of the week whose last day has this number; `place`: that of the group in the
        chart. Nobody for a mark that is none."""
        if place not in range(len(GROUPS)):
            return ()
        here = (self.flow["day"].to_numpy() == day) & (self.flow["group"].to_numpy() == GROUPS[place].value)
        return _stood(self.flow[here])

    @cached_property
    def moved(self) -> tuple[Stood, ...]:
        """Whose group is another one than a week ago, or who came into care since."""
        now = self.flow[self.flow["day"].to_numpy() == to_day(self.today)]
        return _stood(now[now["group"].to_numpy() != now["before"].to_numpy()])

    @cached_property
    def kept_by_week(self) -> tuple[KeptInWeek, ...]:
        """The sessions of each week, the latest last."""
        rows = _tuples(self.attendance)
        return tuple(KeptInWeek(to_date(row.day), int(row.kept), int(row.counted - row.kept)) for row in rows)

    @cached_property
    def tagged(self) -> tuple[Tagged, ...]:
        """The stage tags, in priority order of their clients."""
        return tuple(
            Tagged(int(row.client_id), row.name, Stage(row.stage), to_date(row.day), row.signs)
            for row in _tuples(self.tags)
        )

    def missed_in_week(self, last_day: dt.date) -> tuple[Missed, ...]:
        """The no-shows of the week that ends on `last_day`."""
        end, days = to_day(last_day), self.missed["day"]
        return tuple(
            Missed(int(row.client_id), row.name, to_date(row.day))
            for row in _tuples(self.missed[(days > end - 7) & (days <= end)])
        )


def _stood(flow: pd.DataFrame) -> tuple[Stood, ...]:
    return tuple(
        Stood(
            int(row.client_id),
            row.name,
            to_date(row.day),
            Group(row.group),
            Group(row.before) if row.before else None,
        )
        for row in _tuples(flow)
    )


def _tuples(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False))


@keeps
def read_overview(
    session: Session, user: User, today: dt.date, *, counselor_id: int | None = None
) -> Overview:
    """What the user sees of the caseload on `today`; `counselor_id` narrows a team to one caseload.

    The number of SQL statements does not grow with the caseload.
    """
    people = all_of(session, user, today)
    counselors = {row.counselor_id: row.counselor for row in sorted(people, key=lambda row: row.counselor)}
    shown = {row.id: row for row in people if counselor_id in (None, row.counselor_id)}
    read = known_caseload(session, user, today)
    facts, assessment = read.facts, read.assessment
    clients = _clients(facts, assessment, shown)
    mine = dict(zip(clients["client_id"], clients["name"], strict=True))
    marks = _recent_marks(facts, mine, to_day(today))
    return Overview(
        today=today,
        clients=clients,
        history=_history(assessment, mine),
        flow=_flow(assessment, facts, mine),
        tags=_tags(facts, assessment, clients),
        attendance=_attendance(marks, to_day(today)),
        missed=_missed(marks, mine),
        counselors=counselors,
        stories=stories_of(session, user, read, {row.id: row for row in people}, today),
    )


def _clients(facts: Facts, assessment: Assessment, shown: dict[int, ClientRow]) -> pd.DataFrame:
    table = assessment.table
    all_ids = table["client_id"].to_numpy()
    visible = np.isin(all_ids, np.fromiter(shown, np.int64, len(shown)))
    ids = all_ids[visible].tolist()
    care = first_options(assessment, facts)
    place = np.searchsorted(care["client_id"].to_numpy(), ids)  # the facts' clients, ascending
    columns: dict[str, Any] = {
        "client_id": ids,
        "name": np.array([shown[id_].name for id_ in ids], dtype=object),
        "counselor": np.array([shown[id_].counselor for id_ in ids], dtype=object),
    }
    columns |= {name: table[name].to_numpy()[visible] for name in ("band", "points", "change")}
    columns |= {name: care[name].to_numpy()[place] for name in ("current", "recommended", "adjusts")}
    columns["step"] = [wording.level_of_care.statement(step) for step in care["step"].to_numpy()[place]]
    return pd.DataFrame(columns, copy=False)


def _history(assessment: Assessment, mine: dict[int, str]) -> pd.DataFrame:
    history = assessment.history
    recent = history["day"].to_numpy() > assessment.today - 7 * WEEKS
    found: pd.DataFrame = history[recent & np.isin(history["client_id"].to_numpy(), list(mine))]
    return found


def _flow(assessment: Assessment, facts: Facts, mine: dict[int, str]) -> pd.DataFrame:
    """The groups by week, in the order of `mine`, each with that of the week before."""
    found = groups_by_week(assessment, facts, FLOW_WEEKS + 1)
    client_id, group = found["client_id"].to_numpy(), found["group"].to_numpy()
    before = np.full(len(found), "", dtype=object)
    same = client_id[1:] == client_id[:-1]
    before[1:][same] = group[:-1][same]
    place = {id_: n for n, id_ in enumerate(mine)}
    order = np.array([place.get(id_, -1) for id_ in client_id.tolist()], dtype=np.int64)
    keep = np.flatnonzero((order >= 0) & (found["day"].to_numpy() > assessment.today - 7 * FLOW_WEEKS))
    keep = keep[np.argsort(order[keep], kind="stable")]
    names = np.array([mine[id_] for id_ in client_id[keep].tolist()], dtype=object)
    day = found["day"].to_numpy()[keep]
    columns = {
        "client_id": client_id[keep],
        "name": names,
        "day": day,
        "group": group[keep],
        "before": before[keep],
    }
    return pd.DataFrame(columns)


# --- stage tags -----------------------------------------------------------------------------------------------------


def _tags(facts: Facts, assessment: Assessment, clients: pd.DataFrame) -> pd.DataFrame:
    """The stages that show, each with the latest day that says so and the signs behind it."""
    reading = assessment.readings["stage_tags"].extra
    panel = Panel.on(facts, assessment.today)
    days = {stage: _latest_evidence(panel, stage, reading["mask"]) for stage in Stage}
    rows = []
    for client_id, name in zip(clients["client_id"], clients["name"], strict=True):
        at = assessment.position(client_id)
        for bit, stage in enumerate(Stage):
            if int(reading["tags"][at]) >> bit & 1:
                signs = unmask(STAGE_SIGNS, int(reading["mask"][at]) & stage_mask(stage))
                words = (
                    ", ".join(wording.label(term(STAGE_SIGNS, id_)) for id_ in signs)
                    or wording.charts.caseload.ONLY_USE
                )
                rows.append((client_id, name, stage.value, int(days[stage][at]), words))
    return pd.DataFrame(rows, columns=["client_id", "name", "stage", "day", "signs"])


def _latest_evidence(panel: Panel, stage: Stage, active: Ints) -> Ints:
    """The latest day on which one of the active signs of the stage was recorded (use and urine for the physical)."""
    check_ins = panel.window("check_ins", STAGE_DAYS)
    owner = np.searchsorted(panel.client_id, check_ins.all_of("client_id"))
    holds = (check_ins.all_of("stage_present") & (active & stage_mask(stage))[owner]) != 0
    if stage is not Stage.PHYSICAL:
        latest: Ints = check_ins.at("day", check_ins.last(holds), _NEVER)
        return latest
    used = check_ins.at("day", check_ins.last(holds | (check_ins.all_of("use") > 0)), _NEVER)
    screens = panel.window("screens", STAGE_DAYS)
    by_screen: Ints = screens.at("day", screens.last(unexpected_opioid(screens)), _NEVER)
    return np.maximum(used, by_screen)


# --- attendance -----------------------------------------------------------------------------------------------------


def _recent_marks(facts: Facts, mine: dict[int, str], today: int) -> pd.DataFrame:
    marks = facts.attendance
    day = marks["day"].to_numpy()
    recent = (day > today - 7 * WEEKS) & (day <= today) & np.isin(marks["client_id"].to_numpy(), list(mine))
    found: pd.DataFrame = marks[recent]
    return found


def _attendance(marks: pd.DataFrame, today: int) -> pd.DataFrame:
    """Sessions kept and counted (kept or no-show) in each of the seven-day weeks that end today."""
    week = WEEKS - 1 - (today - marks["day"].to_numpy()) // 7
    kept = np.isin(marks["mark"].to_numpy(), _KEPT)
    counted = kept | (marks["mark"].to_numpy() == _NO_SHOW)
    return pd.DataFrame(
        {
            "day": today - 7 * np.arange(WEEKS - 1, -1, -1),
            "kept": np.bincount(week[kept], minlength=WEEKS),
            "counted": np.bincount(week[counted], minlength=WEEKS),
        }
    )


def _missed(marks: pd.DataFrame, mine: dict[int, str]) -> pd.DataFrame:
    """Every no-show of the weeks shown."""
    missed = marks[marks["mark"].to_numpy() == _NO_SHOW]
    ids = missed["client_id"].tolist()
    names = np.array([mine[id_] for id_ in ids], dtype=object)
    return pd.DataFrame({"client_id": ids, "name": names, "day": missed["day"].to_numpy()})
