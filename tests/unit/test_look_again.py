"""When somebody looks again at a safety answer, and what counts as a look and as reaching the client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.caseload.turns import turns_of
from casework.clinic_days import ClinicDays
from casework.indicators import assess
from casework.standing import standings
from casework.standing.look_again import FollowUp, follow_ups
from tests.support import facts as build
from tests.support.facts import TODAY_DAY, Row, facts

EVERY_DAY = ClinicDays(0b1111111, 0b1111111)
OFFICE = ClinicDays()  # Monday to Friday; TODAY is a Tuesday
FRIDAY = 3


def follow_up(item: Row, days: ClinicDays = EVERY_DAY, **rows: list[Row]) -> FollowUp:
    ((one,),) = follow_ups(facts(safety_items=[item], **rows), days).values()
    return one


def due(one: FollowUp) -> list[int]:
    return [look.due - TODAY_DAY for look in one.looks]


def done(one: FollowUp) -> list[int | None]:
    return [None if look.done is None else look.done - TODAY_DAY for look in one.looks]


def test_an_acknowledged_answer_is_looked_at_again_within_24_hours() -> None:
    one = follow_up(build.safety_item(-1, acknowledged=0))
    assert due(one) == [1]
    assert one.next == one.looks[0]


def test_a_call_that_looks_again_takes_none_of_the_days_places() -> None:
    def beside(**rows: list[Row]) -> bool:
        item = build.safety_item(-1, acknowledged=-1)
        some = facts(safety_items=[item], check_ins=[build.check_in(-1, signs="", use="none")], **rows)
        assessment = assess(some, build.TODAY)
        return turns_of(some, assessment, standings(assessment, some, EVERY_DAY), EVERY_DAY)[1].beside

    looked = beside(calls=[build.call(0)])
    asked_by_phone = beside(tasks=[build.task(-1, kind="look_again", done=0)])
    assert looked
    assert asked_by_phone


def test_what_nobody_has_acknowledged_waits_for_that() -> None:
    assert follow_up(build.safety_item(-1)).looks == ()


def test_an_overdose_is_looked_at_48_hours_and_7_days_after_the_clinic_was_told_and_30_after_it_happened() -> (
    None
):
    assert due(follow_up(build.safety_item(-1, concerns="overdose", event=-3))) == [1, 6, 27]
    assert due(follow_up(build.safety_item(-1, concerns="overdose"))) == [1, 6, 29]
    assert due(follow_up(build.safety_item(-1, acknowledged=-1, concerns="overdose"))) == [0, 1, 6, 29]


def test_an_overdose_told_weeks_later_has_no_look_before_it_was_told() -> None:
    assert due(follow_up(build.safety_item(0, concerns="overdose", event=-28))) == [2, 7]


def test_on_a_closed_day_the_first_look_is_made_on_the_next_working_day_and_by_others_meanwhile() -> None:
    acknowledged_on_friday = build.safety_item(FRIDAY, acknowledged=FRIDAY)
    assert due(follow_up(acknowledged_on_friday, OFFICE)) == [FRIDAY + 3]
    on_saturday = build.task(FRIDAY, "look_again", done=FRIDAY + 1)
    assert done(follow_up(acknowledged_on_friday, OFFICE, tasks=[on_saturday])) == [FRIDAY + 1]


def test_a_later_look_is_made_before_a_closed_day() -> None:
    told_on_sunday = build.safety_item(-2, concerns="overdose", event=-2)
    closed = ClinicDays(closed=frozenset({TODAY_DAY, TODAY_DAY + 5}))
    # 48 hours: the clinic is closed, so the day before; 7 days: Sunday, so the Friday before; 30 days: a Tuesday.
    assert due(follow_up(told_on_sunday, closed)) == [-1, 3, 28]
    told_on_friday = build.safety_item(FRIDAY, concerns="overdose")
    assert due(follow_up(told_on_friday, OFFICE))[0] == FRIDAY + 3  # not on the day on which it was told


def test_acknowledging_and_a_call_without_an_answer_reach_nobody_and_are_no_look() -> None:
    one = follow_up(
        build.safety_item(-2, acknowledged=-2, concerns="overdose"),
        calls=[build.call(-1, False), build.call(0, False)],
        check_ins=[build.check_in(-1, contact=False)],
        attendance=[build.mark(-1, "no_show")],
    )
    assert one.reached is None
    assert done(one) == [None] * 4


@pytest.mark.parametrize(
    "contact",
    [
        {"calls": [build.call(0)]},
        {"check_ins": [build.check_in(0)]},
        {"attendance": [build.mark(0)]},
    ],
)
def test_speaking_with_the_client_or_seeing_them_reaches_and_is_a_look(contact: dict[str, list[Row]]) -> None:
    one = follow_up(build.safety_item(-1, acknowledged=-1, concerns="overdose"), EVERY_DAY, **contact)
    assert one.reached == TODAY_DAY
    assert done(one) == [0, None, None, None]


def test_a_look_is_done_on_its_day_or_later_and_a_contact_before_is_none() -> None:
    item = build.safety_item(-7, acknowledged=-7, concerns="overdose")
    assert done(follow_up(item, calls=[build.call(-4)])) == [-4, -4, None, None]
    assert done(follow_up(item, calls=[build.call(0)])) == [0, 0, 0, None]


def test_of_the_day_on_which_it_was_told_a_talk_reaches_and_a_session_does_not() -> None:
    item = build.safety_item(0, concerns="overdose")
    assert follow_up(item, check_ins=[build.check_in(0)]).reached == TODAY_DAY
    assert follow_up(item, attendance=[build.mark(0)]).reached is None


def test_looking_again_with_the_family_is_a_look_and_reaches_nobody() -> None:
    looked = build.task(-1, "look_again", done=0)
    one = follow_up(build.safety_item(-1, acknowledged=-1, concerns="overdose"), tasks=[looked])
    assert done(one)[0] == 0
    assert one.reached is None


@given(
    told=st.integers(-60, 0),
    acknowledged=st.none() | st.integers(0, 20),
    event=st.none() | st.integers(0, 90),
    weekdays=st.integers(1, 127),
    closed=st.frozensets(st.integers(-70, 40), max_size=8),
    talks=st.lists(st.integers(-60, 40), max_size=5),
)
def test_a_look_is_due_on_a_working_day_after_the_item_was_raised_and_is_never_done_before(
    told: int,
    acknowledged: int | None,
    event: int | None,
    weekdays: int,
    closed: frozenset[int],
    talks: list[int],
) -> None:
    days = ClinicDays(weekdays, 127, frozenset(TODAY_DAY + day for day in closed))
    item = build.safety_item(
        told,
        None if acknowledged is None else told + acknowledged,
        "overdose",
        event=None if event is None else told - event,
    )
    one = follow_up(item, days, calls=[build.call(day) for day in talks])
    assert due(one) == sorted(set(due(one)))
    for look in one.looks:
        assert days.works_on(look.due)
        assert look.due > one.told
        assert look.done is None or look.done > one.told
