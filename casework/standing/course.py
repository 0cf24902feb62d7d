"""What the facts say of each client on the day: the few dated rows and numbers that lane, flags, headline and actions
look at. Worked out for all clients at once; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.indicators.absences import was_here
from casework.indicators.contact import is_contact, is_kept, is_no_show, last_contact
from casework.indicators.craving import is_rated
from casework.indicators.screens import (
    DUE,
    GRACE_DAYS,
    LAST_DUE,
    MISSED,
    is_negative,
    unexpected,
    unexpected_opioid,
)
from casework.indicators.signs import asks_signs
from casework.indicators.tolerance import CAUSES
from casework.indicators.use import WITHDRAWAL_DAYS, has_use_sign, reports_use, tells_of_overdose
from casework.standing.bad_weeks import early_until
from casework.standing.groups import Groups
from casework.standing.look_again import FollowUp, follow_ups
from casework.standing.stays import absence, is_away, release
from casework.standing.treatment import MedicationCourse, treatments
from casework.vocabulary import OPIOID_MASK, SAFETY_CONCERNS, Permission, mask
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_ROW,
    Array,
    Bools,
    FactRef,
    Ints,
    Panel,
    Window,
)

if TYPE_CHECKING:
    from casework.indicators import Assessment

SELF_HARM: Final = mask(SAFETY_CONCERNS, ["self_harm", "suicidal_thoughts"])
_NOT_SAFE: Final = list(Permission).index(Permission.NO)


@dataclass(frozen=True)
class DatedRow:
    """A dated row of the facts: `day` is its own, `known` that on which the clinic was told."""

    frame: str
    id: int
    day: int
    known: int
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def ref(self) -> FactRef:
        return FactRef(self.frame, self.id, self.day)

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True)
class Course:
    """One client as of `today`. Days are day numbers; None and -1: nothing is recorded.

    `overdose`, `self_harm` and `safety_answer` are the latest safety items of their kind, `followed` what follows each
    item, by its id. `told` and `found` are the latest use that was told of and that urine showed; `found_early`: before
    any negative screen, in the first weeks in care. Of the last three screens so many were `positives`; `not_shown` is
    the last one when it lacks what is prescribed; `negatives` are those without an opioid since the latest use,
    `last_negative` the day of the last one. `spoke`: the last day on which somebody talked with the client. `no_shows`:
    sessions missed in a row, the latest `no_show`; `missed_screen`: the latest that nobody took. What falls into a
    dated absence is none. `came_on`: the last visit, `seen_on`: the last contact or dose, `expected_from`: that or the
    last day of an absence. `missed_weeks` in a row up to now, `bad_weeks` of the row that goes on. `away`: the dated
    absence that holds today (`is_away`), else the latest; `released`: the stay that ended lately. `reached`: the last
    call that did.
    """

    client_id: int
    today: int
    days_in_care: int
    interval: int
    safe_to_call: bool
    pregnant: bool
    pregnant_since: int
    pregnancy_ended: int
    kit: int
    kit_used: DatedRow | None
    overdose: DatedRow | None
    overdose_told: DatedRow | None
    self_harm: DatedRow | None
    safety_answer: DatedRow | None
    withdrawal: DatedRow | None
    told: DatedRow | None
    found: DatedRow | None
    found_early: bool
    not_shown: DatedRow | None
    positives: int
    negatives: int
    last_negative: int
    signs: DatedRow | None
    craving: DatedRow | None
    drifts: bool
    no_show: DatedRow | None
    no_shows: int
    missed_screen: DatedRow | None
    last_contact: int
    came_on: int
    seen_on: int
    expected_from: int
    spoke: int
    missed_weeks: int
    bad_weeks: int
    is_away: bool
    away: DatedRow | None
    released: DatedRow | None
    reached: DatedRow | None
    tolerance_until: int
    tolerance_causes: tuple[str, ...]
    followed: Mapping[int, FollowUp]
    treatment: MedicationCourse

    @property
    def unseen_days(self) -> int | None:
        """Days since the last contact or dose; None: neither was ever."""
        return None if self.seen_on == NEVER else self.today - self.seen_on


def courses(assessment: Assessment, panel: Panel, clinic_days: ClinicDays, found: Groups) -> list[Course]:
    """Each client of the panel, which has one day: the assessment's. `found`: the groups of the same panel, with the
    weeks and the days without a dose that stand behind them."""
    columns: dict[str, list[Any]] = {
        "client_id": panel.client_id.tolist(),
        "today": panel.as_of.tolist(),
        **_of_clients(panel),
        **_safety(panel),
        **_use(panel),
        **_screens(panel),
        **_signs(panel, assessment),
        **_contact(panel, assessment),
        **_tolerance(assessment),
        "followed": _followed(panel, clinic_days),
        "missed_weeks": found.weeks.unseen.tolist(),
        "bad_weeks": found.weeks.length.tolist(),
        "treatment": treatments(assessment, panel, clinic_days, found.doses),
    }
    ordered = (columns[one.name] for one in fields(Course))
    return [Course(*of_one) for of_one in zip(*ordered, strict=True)]


def rows_at(window: Window, rows: Ints, *columns: str, **worked_out: Array) -> list[DatedRow | None]:
    """The fact rows `rows` (one a panel row) with some of their columns, and what was worked out of the frame's rows;
    None for NO_ROW."""
    held = rows != NO_ROW
    if not held.any():
        return [None] * len(rows)
    at = rows[held]
    named = (*columns, *worked_out)
    given = (*(window.all_of(name) for name in ("id", "day", "known", *columns)), *worked_out.values())
    values = zip(*(one[at].tolist() for one in given), strict=True)
    made: Iterator[DatedRow] = (
        DatedRow(window.name, id_, day, known, dict(zip(named, more, strict=True)))
        for id_, day, known, *more in values
    )
    return [next(made) if there else None for there in held.tolist()]


def _followed(panel: Panel, clinic_days: ClinicDays) -> list[dict[int, FollowUp]]:
    found = follow_ups(panel.facts, clinic_days)
    return [{one.item: one for one in found.get(id_, ())} for id_ in panel.client_id.tolist()]


def _of_clients(panel: Panel) -> dict[str, list[Any]]:
    def column(name: str) -> list[Any]:
        listed: list[Any] = panel.of_client(name).tolist()
        return listed

    return {
        "days_in_care": np.maximum(panel.as_of - panel.of_client("admitted"), 0).tolist(),
        "interval": column("interval"),
        "safe_to_call": (panel.of_client("safe_to_call") != _NOT_SAFE).tolist(),
        "pregnant": (panel.of_client("pregnant") == 1).tolist(),
        "pregnant_since": column("pregnant_since"),
        "pregnancy_ended": column("pregnancy_ended"),
        "kit": column("naloxone"),
    }


def _safety(panel: Panel) -> dict[str, list[Any]]:
    items = panel.window("safety_items", None)
    check_ins = panel.window("check_ins", FURTHEST_WINDOW_DAYS)
    recent = panel.window("check_ins", WITHDRAWAL_DAYS)
    about = ("event", "acknowledged", "concerns")
    harm: Bools = (items.all_of("concerns") & SELF_HARM) != 0
    used = check_ins.all_of("naloxone_used") == 1
    asked = recent.all_of("withdrawal") >= 0
    return {
        "overdose": rows_at(items, items.last(tells_of_overdose(items)), *about),
        "overdose_told": rows_at(check_ins, check_ins.last(check_ins.all_of("overdosed") == 1), "contact"),
        "self_harm": rows_at(items, items.last(harm), *about),
        "safety_answer": rows_at(items, items.last(items.all_of("concerns") != 0), *about),
        "kit_used": rows_at(check_ins, check_ins.last(used), "overdosed_on"),
        "withdrawal": rows_at(recent, recent.last(asked), "withdrawal", "withdrawal_from"),
    }


def _use(panel: Panel) -> dict[str, list[Any]]:
    """Use that was told of, that was found, and the screens without it since."""
    check_ins, screens = (panel.window(name, None) for name in ("check_ins", "screens"))
    told = check_ins.last(reports_use(check_ins) | has_use_sign(check_ins))
    opioid, negative = unexpected_opioid(screens), is_negative(screens)
    found = screens.last(opioid)
    found_on = screens.at("day", found, NEVER)
    used_on = np.maximum(check_ins.at("used_on", told, NEVER), -1)
    said_on = np.where(used_on >= 0, used_on, check_ins.at("day", told, NEVER))
    since = np.maximum(said_on, found_on)
    negatives = screens.each(
        lambda pairs: pairs.total(negative[pairs.row] & (pairs.column("day") > pairs.of_owner(since)))
    )
    return {
        "told": rows_at(check_ins, told, "use", "use_days", "used_on", "contact"),
        "found": rows_at(screens, found, found=unexpected(screens) & OPIOID_MASK),
        "found_early": (found_on < early_until(panel)).tolist(),
        "negatives": negatives.tolist(),
        "last_negative": screens.at("day", screens.last(negative), NEVER).tolist(),
    }


def _screens(panel: Panel) -> dict[str, list[Any]]:
    """The last screens with a result, and the last that nobody took."""
    screens = panel.window("screens", None)
    opioid = unexpected_opioid(screens)
    latest = screens.latest(LAST_DUE, opioid | is_negative(screens))
    hits = (latest != NO_ROW) & (opioid[latest] if len(opioid) else False)
    expected, tested, found = (screens.all_of(name) for name in ("expected", "tested", "found"))
    absent = expected & tested & ~found
    shows_all = latest[0] if not len(absent) else np.where(absent[latest[0]] != 0, latest[0], NO_ROW)
    status = screens.all_of("status")
    overdue = (status == DUE) & (screens.all_of("day") < panel.as_of.max(initial=0) - GRACE_DAYS)
    not_taken = ((status == MISSED) | overdue) & was_here(panel, "screens")
    return {
        "positives": hits.sum(axis=0).tolist(),
        "not_shown": rows_at(screens, shows_all, absent=absent),
        "missed_screen": rows_at(screens, screens.last(not_taken)),
    }


def _signs(panel: Panel, assessment: Assessment) -> dict[str, list[Any]]:
    check_ins = panel.window("check_ins", FURTHEST_WINDOW_DAYS)
    asked, rated = check_ins.last(asks_signs(check_ins)), check_ins.last(is_rated(check_ins))
    return {
        "signs": rows_at(check_ins, asked, "signs_asked", "signs_present"),
        "craving": rows_at(check_ins, rated, "craving"),
        "drifts": (assessment.readings["drift"].level > 0).tolist(),
    }


def _contact(panel: Panel, assessment: Assessment) -> dict[str, list[Any]]:
    attendance, calls = (panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("attendance", "calls"))
    check_ins = panel.window("check_ins", FURTHEST_WINDOW_DAYS)
    latest, _ = last_contact(panel)
    missed = is_no_show(attendance) & was_here(panel, "attendance")
    kept_or_missed = missed | is_kept(attendance)
    no_shows, _ = attendance.trailing_run(missed, kept_or_missed)
    reached = is_contact(calls)
    spoke = np.maximum(
        calls.at("day", calls.last(reached), NEVER),
        check_ins.at("day", check_ins.last(is_contact(check_ins)), NEVER),
    )
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    seen = np.maximum(latest, doses.at("day", doses.last(), NEVER))
    absences = panel.window("absences", None)
    last_absent = absences.each(
        lambda pairs: pairs.reduce(
            np.maximum, np.minimum(pairs.column("until"), pairs.of_owner(panel.as_of)), NEVER
        )
    )
    reading, about = assessment.readings, ("until", "cause", "medicated")
    return {
        "no_show": rows_at(attendance, attendance.last(missed), "kind"),
        "no_shows": no_shows.tolist(),
        "last_contact": latest.tolist(),
        "came_on": (panel.as_of - reading["days_unseen"].value).astype(int).tolist(),
        "seen_on": seen.tolist(),
        "expected_from": np.maximum(seen, last_absent).tolist(),
        "spoke": spoke.tolist(),
        "is_away": is_away(panel).tolist(),
        "away": rows_at(absences, absence(panel), *about),
        "released": rows_at(absences, release(panel), *about),
        "reached": rows_at(calls, calls.last(reached), "appointment"),
    }


def _tolerance(assessment: Assessment) -> dict[str, list[Any]]:
    """Until which day the flag stands by the dated facts, -1 without one; and its causes."""
    reading = assessment.readings["lowered_tolerance"]
    masks, until = reading.extra["mask"].tolist(), reading.extra["until"].tolist()
    return {
        "tolerance_until": until,
        "tolerance_causes": [
            tuple(id_ for bit, id_ in enumerate(CAUSES) if mask_ >> bit & 1) for mask_ in masks
        ],
    }
