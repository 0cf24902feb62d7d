"""The level of care that a panel would expect of the vignettes, and of others of their kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from casework.actions import placements
from casework.caseload.level_of_care import read_levels
from casework.caseload.standing import stories
from casework.level_of_care import Recommendation
from casework.vocabulary import (
    MEDICATION_SIGN,
    AbsenceCause,
    ActionKind,
    Flag,
    LaneReason,
    Level,
    Mark,
    Use,
)
from tests.support.builders import AGREED
from tests.support.care import said
from tests.support.clinic import SmallClinic
from tests.support.databases import Database
from tests.support.vignettes import (
    NO_SIGNS,
    Person,
    admitted,
    aisha,
    day,
    days,
    luis,
    marcus,
    renee,
    tom,
)

TODAY = day(3, 11)
OUT, INTENSIVE, RESIDENTIAL = Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT, Level.RESIDENTIAL
NEVER_SAID = (
    "resume",
    "take up again",
    "taking the medication up",
    "next dose as usual",
    "is at hand",
    " mg",
)


def care(person: Person, on: dt.date = TODAY) -> Recommendation:
    with person.database.reading() as session:
        opened = read_levels(session, person.by, on, client_id=person.id).open
    assert opened is not None
    return opened.recommendation


def levels(found: Recommendation) -> list[Level]:
    return [one.level for one in found.options]


def steps(found: Recommendation) -> list[str]:
    return [said(one.first_step) for one in found.options]


def words(found: Recommendation) -> str:
    """All that is said of it."""
    arguments = [*found.review_today, *(one for o in found.options for one in (*o.reasons, *o.against))]
    lines = [*steps(found), *(said(one) for one in found.alongside), *(said(one.says) for one in arguments)]
    return "\n".join(lines).lower()


def decide(person: Person, on: dt.date, place: int = 0) -> None:
    """Accept an option of the day."""
    found = care(person, on)
    one = found.options[place]
    person.does(
        placements.decide,
        on,
        level=one.level,
        next_level=one.next_level,
        shown=found,
        accepted=True,
    )


@pytest.fixture(params=[marcus, luis, renee, aisha, tom])
def anybody(request: pytest.FixtureRequest, sqlite_database: Database, sqlite_clinic: SmallClinic) -> Person:
    person: Person = request.param(sqlite_database, sqlite_clinic)
    return person


def test_what_no_screen_says_is_not_said(anybody: Person) -> None:
    assert not [text for text in NEVER_SAID if text in words(care(anybody))]


def test_detox_less_care_and_aftercare_are_no_option_for_any_of_them(anybody: Person) -> None:
    found = care(anybody)
    assert not {Level.DETOX, Level.AFTERCARE} & {*levels(found)}
    assert all(one.with_medication for one in found.options)
    assert {Level.DETOX, Level.AFTERCARE} <= {one.level for one in found.stops}


def test_who_is_flagged_to_have_no_medication_is_offered_it_and_nobody_else(anybody: Person) -> None:
    """The flag and the options read the same facts."""
    with anybody.database.reading() as session:
        chips = stories(session, anybody.by, TODAY)[anybody.id].chips
    flagged = Flag.NO_MEDICATION in {one.flag for one in chips}
    assert {one.offers_medication for one in care(anybody).options} == {flagged}


# --- H1 -------------------------------------------------------------------------------------------------------------


def test_h1_a_slip_on_a_full_dose_begins_with_the_prescriber_looking_at_the_dose(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    found = care(marcus(sqlite_database, sqlite_clinic))
    assert levels(found) == [OUT, INTENSIVE]
    assert all(text.startswith("Ask the prescriber to adjust the medication") for text in steps(found))


def test_h1_after_a_decision_the_slip_is_told_as_answered_and_a_second_one_is_new(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    he = marcus(sqlite_database, sqlite_clinic)
    decide(he, day(3, 12))
    found = care(he, day(3, 13))
    assert levels(found) == [OUT, INTENSIVE]
    assert steps(found)[0].startswith("Stay with what was decided on March 12, 2026")
    assert "a slip was reported: answered by the decision of march 12, 2026" in words(found)
    he.checked_in(day(3, 17), use=Use.SLIP, used_on=day(3, 16), craving=6)
    again = care(he, day(3, 18))
    assert levels(again) == [OUT, INTENSIVE]
    assert "answered by the decision" not in words(again)


# --- H2 -------------------------------------------------------------------------------------------------------------


def test_h2_five_missed_days_of_methadone_begin_with_the_prescriber_before_the_next_dose(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    found = care(luis(sqlite_database, sqlite_clinic))
    assert levels(found) == [OUT, INTENSIVE]
    assert steps(found) == 2 * [
        "The prescriber sees the client before the next dose; then find out what got in the way"
    ]


# --- H3 -------------------------------------------------------------------------------------------------------------


def test_h3_after_an_overdose_every_option_begins_with_medication_on_the_same_day(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    found = care(renee(sqlite_database, sqlite_clinic))
    assert {*levels(found)[:2]} == {OUT, INTENSIVE}
    assert levels(found)[2:] in ([], [RESIDENTIAL])
    assert all(text.startswith("Offer medication today") for text in steps(found))


# --- H4 -------------------------------------------------------------------------------------------------------------


def test_h4_in_pregnancy_the_level_stays_and_the_prescriber_looks_at_the_dose(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = aisha(sqlite_database, sqlite_clinic)
    found = care(she)
    assert levels(found) == [OUT, INTENSIVE]
    assert steps(found) == [
        "Ask the prescriber to look at the dose because of the withdrawal; all else stays",
        "More support, if the client wants it",
    ]
    assert "medical review today" not in words(found)
    decide(she, day(3, 12))
    assert steps(care(she, day(3, 13)))[0] == "Stay with the plan and work on the signs that show"
    (detox,) = [one for one in found.stops if one.level is Level.DETOX]
    assert [said(one).split(":")[0] for one in detox.says] == [
        "Detox from opioids is not offered in pregnancy",
        "Detox from opioids is never a way to stop methadone or buprenorphine",
    ]


def test_h4_two_missed_days_are_enough_in_pregnancy(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = aisha(sqlite_database, sqlite_clinic)
    she.doses_with_take_home("methadone", day(3, 12), day(3, 16))
    she.sessions([day(3, 17)])
    she.sessions([day(3, 18)], Mark.NO_SHOW)
    found = care(she, day(3, 19))
    assert levels(found) == [OUT, INTENSIVE]
    assert all(
        text.startswith("The prescriber sees the client before the next dose") for text in steps(found)
    )


# --- H5 -------------------------------------------------------------------------------------------------------------


def test_h5_after_custody_without_medication_every_option_begins_with_an_offer(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    found = care(tom(sqlite_database, sqlite_clinic))
    assert levels(found) == [OUT, INTENSIVE]
    assert all(text.startswith("Offer medication") for text in steps(found))
    assert "goes on as it is" not in words(found)


def test_h5_four_weeks_of_everything_going_well_after_custody_are_no_step_down_yet(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    he = tom(sqlite_database, sqlite_clinic)
    he.doses("buprenorphine", days(day(3, 12), day(5, 12)))
    he.urine(days(day(3, 17), day(5, 12), step=7), "buprenorphine")
    he.sessions(days(day(3, 12), day(5, 12), step=3))
    for one in days(day(3, 17), day(5, 12), step=7):
        he.checked_in(one, craving=1, withdrawal=0)
    found = care(he, day(5, 12))
    assert Level.AFTERCARE not in levels(found)
    (away,) = [one for one in found.step_down if one.id == "little_away"]
    assert away.met is False


# --- others of their kind -------------------------------------------------------------------------------------------


def on_methadone(database: Database, clinic: SmallClinic, **more: Any) -> Person:
    """Steady for a year on methadone, every dose on record."""
    one = admitted(database, clinic, "Nora Hale", day(3, 3, 2025), naloxone_on=day(1, 5), **more)
    one.prescribed("methadone", day(3, 3, 2025), 80)
    one.doses_with_take_home("methadone", day(11, 1, 2025), TODAY)
    one.sessions(days(day(12, 2, 2025), day(3, 10), step=7))
    return one


def at_level(person: Person, level: Level, on: dt.date, next_level: Level | None = None) -> None:
    """A decision of the day, for a reason of its own; against the rules with a prescriber's agreement."""
    person.does(
        placements.decide,
        on,
        level=level,
        next_level=next_level,
        shown=care(person, on),
        accepted=False,
        reason="Agreed in the team.",
        **(AGREED | {"agreed_on": on}),
    )


def test_alcohol_withdrawal_on_methadone_is_treated_with_the_methadone_continued(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.checked_in(day(3, 10), withdrawal=2, withdrawal_from=frozenset({"alcohol"}))
    found = care(she)
    first, *others = found.options
    assert (first.level, first.next_level, first.withdrawal_from) == (Level.DETOX, OUT, ("alcohol",))
    assert said(first.first_step) == (
        "The prescriber sees the client today: medical withdrawal from alcohol, with the medication for opioid use "
        "continued"
    )
    assert [one.level for one in others] == [OUT, INTENSIVE]
    decide(she, TODAY)
    assert levels(care(she, day(3, 12))) == [OUT, INTENSIVE], "back to the rung that was named"


def test_another_choice_leaves_withdrawal_that_can_kill_where_it_stands(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.checked_in(day(3, 10), withdrawal=2, withdrawal_from=frozenset({"alcohol"}))
    decide(she, TODAY, place=1)
    found = care(she, day(3, 12))
    assert found.options[0].withdrawal_from == ("alcohol",)
    assert [one.rule for one in found.review_today] == ["medical_withdrawal"]


def test_accepting_medical_withdrawal_leaves_it_to_be_done_by_the_prescriber(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.checked_in(day(3, 10), withdrawal=2, withdrawal_from=frozenset({"alcohol"}))
    decide(she, TODAY)
    with she.database.reading() as session:
        story = stories(session, she.by, TODAY)[she.id]
    assert story.lane == (LaneReason.WITHDRAWAL,)
    assert story.action.kind is ActionKind.MEDICAL_WITHDRAWAL


def test_medical_withdrawal_that_is_done_from_a_list_of_tasks_answers_what_the_client_told_before_and_no_more(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.checked_in(day(3, 10), withdrawal=2, withdrawal_from=frozenset({"alcohol"}))
    she.did(TODAY, ActionKind.MEDICAL_WITHDRAWAL)
    with she.database.reading() as session:
        assert stories(session, she.by, TODAY)[she.id].lane == ()
    assert not care(she).review_today
    she.checked_in(TODAY, withdrawal=3, withdrawal_from=frozenset({"alcohol"}))
    with she.database.reading() as session:
        assert stories(session, she.by, TODAY)[she.id].lane == (LaneReason.WITHDRAWAL,)
    assert [one.rule for one in care(she).review_today] == ["medical_withdrawal"]
    she.did(TODAY, ActionKind.PRESCRIBER_DOSE)
    with she.database.reading() as session:
        assert stories(session, she.by, TODAY)[she.id].lane == (LaneReason.WITHDRAWAL,), "no look at a dose"
    assert [one.rule for one in care(she).review_today] == ["medical_withdrawal"]


def test_pregnancy_with_regular_use_keeps_the_methadone_and_looks_at_the_dose(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic, pregnant=True)
    she.checked_in(day(3, 10), use=Use.REGULAR, used_on=day(3, 9), withdrawal=2, craving=7)
    found = care(she)
    assert levels(found) == [OUT, INTENSIVE]
    assert all(text.startswith("Ask the prescriber to adjust the medication") for text in steps(found))
    assert Level.DETOX in {one.level for one in found.stops}


def test_an_overdose_in_intensive_outpatient_care_puts_residential_care_first(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    at_level(she, INTENSIVE, day(2, 25))
    she.told_by_others(day(3, 10), overdosed=True, overdosed_on=day(3, 9))
    assert levels(care(she)) == [RESIDENTIAL, INTENSIVE]


def test_two_of_three_screens_positive_on_methadone_ask_for_the_dose_first_then_once_more_after_a_trial(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.urine([day(2, 24)], "methadone")
    she.urine([day(3, 3), day(3, 10)], "methadone", "fentanyl")
    found = care(she)
    assert levels(found) == [OUT, INTENSIVE]
    assert steps(found)[0].endswith("and plan more contact at once")
    decide(she, TODAY, place=1)
    after = care(she, day(3, 12))
    assert levels(after) == [INTENSIVE, RESIDENTIAL]
    assert steps(after)[0].startswith("Stay with what was decided on March 11, 2026")
    she.doses_with_take_home("methadone", day(3, 12), day(4, 15))
    she.urine([day(4, 7), day(4, 14)], "methadone", "fentanyl")
    assert levels(care(she, day(4, 15))) == [RESIDENTIAL, INTENSIVE]


def test_when_naltrexone_has_ended_the_prescriber_checks_for_opioids_first(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    he = admitted(sqlite_database, sqlite_clinic, "Owen Pratt", day(9, 1, 2025))
    he.prescribed("naltrexone_xr", day(10, 1, 2025), 380)
    he.doses("naltrexone_xr", [day(12, 10, 2025), day(1, 7), day(2, 4)], covers=31)
    he.sessions(days(day(12, 2, 2025), day(3, 10), step=7))
    he.checked_in(day(3, 10), signs=NO_SIGNS, craving=2, withdrawal=0)
    found = care(he)
    assert levels(found) == [OUT, INTENSIVE]
    assert all(text.startswith("The prescriber checks for opioids first") for text in steps(found))


def test_a_slip_in_aftercare_asks_for_weekly_care_first(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    at_level(she, Level.AFTERCARE, day(1, 5))
    she.checked_in(day(3, 10), use=Use.SLIP, used_on=day(3, 8))
    assert levels(care(she)) == [OUT, Level.AFTERCARE]


def test_who_leaves_residential_care_goes_on_with_the_medication(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    at_level(she, RESIDENTIAL, day(2, 20))
    she.checked_in(day(3, 10), craving=6, withdrawal=0)
    found = care(she)
    assert levels(found) == [RESIDENTIAL, INTENSIVE]
    assert steps(found)[1] == "Keep the medication going without a gap"


def test_who_is_steady_and_has_no_prescription_is_offered_medication_and_stays(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    he = admitted(sqlite_database, sqlite_clinic, "Paul Dyer", day(6, 2, 2025), naloxone_on=day(1, 5))
    he.sessions(days(day(12, 2, 2025), day(3, 10), step=7))
    he.urine(days(day(12, 2, 2025), day(3, 10), step=14))
    signs = {id_: False for id_ in NO_SIGNS if id_ != MEDICATION_SIGN}
    he.checked_in(day(3, 10), signs=signs, craving=2)
    found = care(he)
    assert found.options[0].level in (OUT, Level.AFTERCARE)
    assert RESIDENTIAL not in levels(found)
    assert all(text.startswith("Offer medication. Then: ") for text in steps(found))


def test_a_hospital_stay_with_the_medication_given_is_no_reason_for_less_or_more(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    she = on_methadone(sqlite_database, sqlite_clinic)
    she.away(AbsenceCause.HOSPITAL, day(3, 2), day(3, 5), typed=day(3, 6), medicated=True)
    she.checked_in(day(3, 10), craving=1, withdrawal=0)
    assert levels(care(she))[0] is OUT


def test_a_positive_screen_of_the_first_weeks_is_no_return_to_use(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    """The client's page says that it need not be new use: then no rule calls it one."""
    he = admitted(sqlite_database, sqlite_clinic, "Nick Lane", day(3, 1), naloxone_on=day(3, 2))
    he.prescribed("methadone", day(3, 1), 30)
    he.doses_with_take_home("methadone", day(3, 1), TODAY)
    he.sessions([day(3, 3), day(3, 10)])
    he.urine([day(3, 2), day(3, 9)], "fentanyl", "methadone")
    he.checked_in(day(3, 10), signs=NO_SIGNS)
    found = care(he)
    assert RESIDENTIAL not in levels(found)
    stops = [said(one) for stop in found.stops for one in stop.says]
    assert not [one for one in stops if "return to use" in one]


@pytest.mark.parametrize("cause", [AbsenceCause.HOSPITAL, AbsenceCause.CUSTODY, AbsenceCause.TRAVEL])
@pytest.mark.parametrize("medicated", [True, False, None])
@pytest.mark.parametrize("back", [day(3, 1), day(3, 9)])
def test_who_came_back_and_took_no_dose_is_offered_medication_where_the_flag_says_that_there_is_none(
    sqlite_database: Database,
    sqlite_clinic: SmallClinic,
    cause: AbsenceCause,
    medicated: bool | None,
    back: dt.date,
) -> None:
    one = admitted(sqlite_database, sqlite_clinic, "Nora Hale", day(3, 3, 2025), naloxone_on=day(1, 5))
    one.prescribed("methadone", day(3, 3, 2025), 80)
    one.doses_with_take_home("methadone", day(11, 1, 2025), day(2, 18))
    one.away(cause, day(2, 19), back, typed=day(3, 10), medicated=medicated)
    with sqlite_database.reading() as session:
        chips = stories(session, one.by, TODAY)[one.id].chips
    flagged = Flag.NO_MEDICATION in {chip.flag for chip in chips}
    assert {option.offers_medication for option in care(one).options} == {flagged}
