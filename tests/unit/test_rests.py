"""Who does not have to be called again yet. Today is a Tuesday; the clinic works from Monday to Friday."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from casework.clinic_days import ClinicDays
from casework.frames import Facts
from casework.indicators import INDICATORS
from casework.standing.groups import groups
from casework.standing.rest import OTHER_WAY_DAYS, REST_DAYS, WHY, Rests, rests, worse_today
from casework.vocabulary import Group
from casework.windows import NEVER, Panel
from tests.support.facts import (
    TODAY_DAY,
    Row,
    answered,
    call,
    check_in,
    client,
    dose,
    facts,
    mark,
    prescription,
    screen,
)


def resting(some: Facts, *, day: int = 0, early: float = 0.0) -> Rests:
    panel = Panel.on(some, TODAY_DAY + day)
    readings = {id_: one.compute(panel) for id_, one in INDICATORS.items()}
    found = groups(panel, readings, np.full(len(panel), early))
    return rests(panel, found, ClinicDays())


def until(some: Facts, **more: Any) -> int | None:
    """The day before which nobody has to call, counted from today."""
    found = int(resting(some, **more).until[0])
    return None if found == NEVER else found - TODAY_DAY


def told_of_a_slip(**more: list[Row]) -> Facts:
    """Somebody who came every week and told of a slip nine days ago."""
    weekly = [mark(-7 * week - 2) for week in range(12, 0, -1)]
    return facts(attendance=weekly + more.pop("marks", []), check_ins=[check_in(-9, use="slip")], **more)


def looking_well(**more: list[Row]) -> Facts:
    """Somebody who comes every week, with an early-warning score that lists them."""
    weekly = [mark(-7 * week - 2) for week in range(12, -1, -1)]
    return facts(attendance=weekly, screens=[screen(-9)], **more)


def test_without_an_appointment_the_group_says_how_long() -> None:
    assert until(told_of_a_slip(calls=[call(-2)])) == REST_DAYS[Group.SLIPPING] - 2
    assert until(told_of_a_slip(calls=[call(-7)])) is None
    assert until(looking_well(calls=[call(-9)]), early=1000) == REST_DAYS[Group.LOOKS_WELL] - 9
    assert until(looking_well(calls=[call(-14)]), early=1000) is None


def test_with_an_appointment_until_the_day_after_it() -> None:
    found = resting(told_of_a_slip(calls=[call(-2, appointment=3)]))
    assert found.until[0] == TODAY_DAY + 4
    assert WHY[found.why[0]] == "appointment"
    assert until(told_of_a_slip(calls=[call(-2, appointment=0)])) == 1


def test_a_missed_appointment_puts_the_client_on_top_and_a_kept_one_begins_the_rest_anew() -> None:
    missed = resting(told_of_a_slip(calls=[call(-5, appointment=-1)], marks=[mark(-1, "no_show")]))
    assert missed.missed_appointment[0]
    assert missed.until[0] == NEVER
    nobody_wrote_it_down = resting(told_of_a_slip(calls=[call(-5, appointment=-1)]))
    assert nobody_wrote_it_down.missed_appointment[0]
    kept = resting(told_of_a_slip(calls=[call(-5, appointment=-1)], marks=[mark(-1)]))
    assert not kept.missed_appointment[0]
    assert kept.until[0] == TODAY_DAY - 1 + REST_DAYS[Group.SLIPPING]


def test_a_later_call_that_reached_the_client_ends_the_matter_of_an_appointment() -> None:
    again = resting(told_of_a_slip(calls=[call(-5, appointment=-3), call(-2)]))
    assert not again.missed_appointment[0]
    assert again.until[0] == TODAY_DAY - 2 + REST_DAYS[Group.SLIPPING]


def test_not_reached_is_the_next_working_day_again() -> None:
    assert until(told_of_a_slip(calls=[call(0, reached=False)])) == 1
    assert until(told_of_a_slip(calls=[call(-1, reached=False)])) is None
    friday = resting(told_of_a_slip(calls=[call(-4, reached=False)]), day=-4)
    assert friday.until[0] == TODAY_DAY - 1
    assert WHY[friday.why[0]] == "tried"


def test_three_tries_in_five_days_are_enough_and_a_contact_ends_them() -> None:
    tries = [call(day, reached=False) for day in (-4, -3, 0)]
    found = resting(told_of_a_slip(calls=tries))
    assert (found.tries[0], found.another_way[0]) == (3, True)
    assert not resting(told_of_a_slip(calls=[call(day, reached=False) for day in (-7, -3, 0)])).another_way[0]
    reached = resting(told_of_a_slip(calls=[*tries[:2], call(-2), call(0, reached=False)]))
    assert (reached.tries[0], reached.another_way[0]) == (1, False)
    came = resting(told_of_a_slip(calls=tries, marks=[mark(0)]))
    assert (came.tries[0], came.another_way[0]) == (1, False)


def test_another_way_has_its_time_and_then_calls_begin_anew() -> None:
    tries = [call(day, reached=False) for day in (-12, -11, -10)]
    some = facts(calls=tries, screens=[screen(-20)])
    assert resting(some, day=-10 + OTHER_WAY_DAYS).another_way[0]
    assert not resting(some, day=-9 + OTHER_WAY_DAYS).another_way[0]


@pytest.mark.parametrize(
    "worse",
    [
        {"marks": [mark(-1, "no_show")]},
        {"screens": [screen(-1, "fentanyl")]},
        {"screens": [screen(-20, "fentanyl", known=-1)]},
    ],
)
def test_a_worse_fact_that_became_known_after_the_call_wakes_a_rest(worse: dict[str, list[Row]]) -> None:
    assert until(told_of_a_slip(calls=[call(-2)], **worse)) is None
    assert until(told_of_a_slip(calls=[call(-2, appointment=3)], **worse)) is None


def test_what_was_known_before_the_call_or_is_no_worse_wakes_nobody() -> None:
    assert until(told_of_a_slip(calls=[call(-2)], screens=[screen(-3, "fentanyl")])) == 5
    assert until(told_of_a_slip(calls=[call(-2)], screens=[screen(-1)])) is not None
    assert until(told_of_a_slip(calls=[call(-2)], marks=[mark(-1)])) is not None


def found_on_the_day_of_the_call(*answered_ones: Row) -> Facts:
    """Two screens that found fentanyl became known on the day of a call, one of them weeks old."""
    screens = [screen(-2, "fentanyl"), screen(-20, "fentanyl", known=-2)]
    return told_of_a_slip(calls=[call(-2)], screens=screens, answered=list(answered_ones))


def test_on_the_day_of_the_call_a_worse_fact_wakes_a_rest_unless_the_call_has_answered_it() -> None:
    both = [answered(-2, "urine_screen", fact) for fact in (1, 2)]
    assert until(found_on_the_day_of_the_call(*both)) == REST_DAYS[Group.SLIPPING] - 2
    for one in both:
        assert until(found_on_the_day_of_the_call(one)) is None
    assert until(found_on_the_day_of_the_call()) is None


def test_what_answers_a_fact_is_a_call_and_the_fact_itself() -> None:
    for other in (
        {"by": "task"},
        {"by": "acknowledgement"},
        {"by": "decision"},
    ):
        both = [answered(-2, "urine_screen", fact, **other) for fact in (1, 2)]  # type: ignore[arg-type]
        assert until(found_on_the_day_of_the_call(*both)) is None
    assert until(found_on_the_day_of_the_call(*(answered(-2, "attendance", fact) for fact in (1, 2)))) is None


def test_a_call_of_the_day_answers_what_became_known_on_it_and_would_wake_a_rest() -> None:
    some = facts(
        attendance=[mark(-1, "no_show"), mark(0), mark(-3, "no_show") | {"known": TODAY_DAY}],
        screens=[screen(0), screen(-20, "fentanyl", known=0)],
        check_ins=[check_in(0, use="slip"), check_in(0)],
    )
    found = worse_today(Panel.on(some, TODAY_DAY)).of(0)
    assert {(ref.frame, ref.id) for ref in found} == {("attendance", 3), ("screens", 2), ("check_ins", 1)}


def test_without_a_dose_on_record_nobody_rests() -> None:
    doses = [dose(day, medication="methadone") for day in range(-30, -4)]
    weekly = [mark(-7 * week) for week in range(12, -1, -1)]
    rows = {
        "attendance": weekly,
        "prescriptions": [prescription(-90, medication="methadone")],
        "doses": doses,
    }
    for calls in ([call(-1)], [call(-1, appointment=2)], [call(0, reached=False)]):
        assert until(facts(**rows, calls=calls)) is None


def test_who_needs_a_plan_waits_a_week_at_most_and_three_days_without_medication() -> None:
    weeks = [mark(-7 * week, "no_show") for week in range(5, -1, -1)]
    missed = [row | {"known": row["day"]} for row in weeks]
    rows = {"attendance": missed, "screens": [screen(-50)], "answered": [answered(0, "attendance", 6)]}
    held, ended = [prescription(-180, None)], [prescription(-180, -10)]
    assert until(facts(**rows, prescriptions=held, calls=[call(0)])) == 7
    assert until(facts(**rows, prescriptions=ended, calls=[call(0)])) == 3
    assert until(facts(**rows, calls=[call(0)])) == 3  # none was ever prescribed


def test_a_call_that_became_known_later_does_not_count_before() -> None:
    some = told_of_a_slip(calls=[call(-2, known=0)])
    assert until(some, day=-1) is None
    assert until(some) == 5


def test_every_client_has_their_own_rest() -> None:
    both = facts(
        clients=[client(1), client(2)],
        check_ins=[check_in(-3, 1, use="slip"), check_in(-3, 2, use="slip")],
        calls=[call(-1, client_id=2)],
    )
    assert resting(both).until.tolist() == [NEVER, TODAY_DAY + 6]
