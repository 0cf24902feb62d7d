"""The five vignettes of an expert panel: facts in by the real actions, one story out."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.actions import check_ins
from casework.caseload.assessment import assess_for
from casework.caseload.level_of_care import recommendation_for
from casework.caseload.standing import stories
from casework.caseload.story import Story
from casework.caseload.worklist import worklist
from casework.checks.check_ins import CheckInAnswers
from casework.vocabulary import (
    ActionKind,
    CallOutcome,
    ContactKind,
    Flag,
    Group,
    InformationSource,
    LaneReason,
    Mark,
    PlanKind,
    SessionKind,
)
from tests.support import vignettes
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.vignettes import Person, day


def told(database: Database, clinic: SmallClinic, person: Person, on: dt.date = TODAY) -> Story:
    """The person's story on the day."""
    with database.reading() as session:
        return stories(session, clinic.alice, on)[person.id]


def flags_of(story: Story) -> set[Flag]:
    return {chip.flag for chip in story.chips}


def chip(story: Story, flag: Flag) -> str:
    return next(one.text for one in story.chips if one.flag is flag)


def kinds(story: Story) -> list[ActionKind]:
    return [story.action.kind, *(one.kind for one in story.also)]


def never(story: Story, *words: str) -> None:
    """None of the words stands anywhere in the story."""
    text = "\n".join(story.texts).lower()
    assert not [word for word in words if word.lower() in text], text


NEVER_SAID = (
    "relapse",
    "in a run",
    "lost",
    "past it",
    "resume",
    "take up again",
    "next dose as usual",
    " mg",
)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def clinic(sqlite_clinic: SmallClinic) -> SmallClinic:
    return sqlite_clinic


# --- H1: a slip told early, on a full dose ------------------------------------------------------------------------


def test_a_slip_told_early_on_a_full_dose(database: Database, clinic: SmallClinic) -> None:
    story = told(database, clinic, vignettes.marcus(database, clinic))
    assert (story.lane, story.group) == ((), Group.SLIPPING)
    assert story.headline == "Use reported, March 8 (told Mar 10); methadone taken every day"
    assert "old people and places" in " ".join(story.lines).lower()
    assert flags_of(story) == set()
    assert (story.action.kind, story.action.due, story.action.owner) == (
        ActionKind.PLAN_REVIEW,
        day(3, 12),
        "Alice",
    )
    assert {ActionKind.CHECK_NALOXONE, ActionKind.PRESCRIBER_DOSE} <= set(kinds(story)[1:])
    assert "January 2025" in next(one.text for one in story.also if one.kind is ActionKind.CHECK_NALOXONE)
    never(story, *NEVER_SAID, "lowered tolerance", "contact")


def test_reached_with_an_appointment_he_rests_and_missing_it_he_is_back(
    database: Database, clinic: SmallClinic
) -> None:
    he = vignettes.marcus(database, clinic)
    he.called(day(3, 12), CallOutcome.REACHED, appointment_on=day(3, 16))
    assert "rests" in told(database, clinic, he, day(3, 13)).rest
    he.sessions([day(3, 16)], Mark.NO_SHOW, SessionKind.INDIVIDUAL)
    story = told(database, clinic, he, day(3, 17))
    assert story.group is Group.SLIPPING
    assert story.rest == ""
    assert "March 16" in " ".join((story.headline, *story.lines))
    assert len(kinds(story)) == len(set(kinds(story)))


def test_four_negative_screens_later_he_looks_well_and_is_not_steady(
    database: Database, clinic: SmallClinic
) -> None:
    he = vignettes.marcus(database, clinic)
    he.doses_with_take_home("methadone", day(3, 12), day(4, 8))
    he.sessions([day(3, 16)], kind=SessionKind.INDIVIDUAL)
    later = [day(3, 17), day(3, 24), day(3, 31), day(4, 7)]
    he.sessions(later)
    he.urine(later, "methadone")
    story = told(database, clinic, he, day(4, 8))
    assert story.group is Group.LOOKS_WELL
    assert story.strength == "four negative screens since"


# --- H2: no methadone for five days, and nobody knows why ---------------------------------------------------------


def test_five_days_without_methadone(database: Database, clinic: SmallClinic) -> None:
    story = told(database, clinic, vignettes.luis(database, clinic))
    assert (story.lane, story.group, story.keeps_place) == ((), Group.SLIPPING, True)
    assert story.headline == "No methadone for 5 days, last dose March 5"
    assert story.lines[0].startswith("No-show March 10")
    assert flags_of(story) == {Flag.LOWERED_TOLERANCE, Flag.NO_NALOXONE}
    assert chip(story, Flag.LOWERED_TOLERANCE) == "Lowered tolerance"
    assert story.action.kind is ActionKind.CALL_TODAY
    assert story.action.due == TODAY
    assert "prescriber before the next dose" in story.action.text
    assert {ActionKind.PRESCRIBER_BEFORE_DOSE, ActionKind.RECORD_NALOXONE} <= set(kinds(story)[1:])
    never(story, *NEVER_SAID, "check that naloxone is at hand")


def test_after_three_tries_another_way_and_the_supervisor_knows(
    database: Database, clinic: SmallClinic
) -> None:
    he = vignettes.luis(database, clinic)
    he.called(day(3, 11))
    he.called(day(3, 12), CallOutcome.LEFT_MESSAGE)
    he.called(day(3, 13))
    story = told(database, clinic, he, day(3, 13))
    assert story.tries.startswith("three calls")
    assert story.action.kind is ActionKind.ANOTHER_WAY
    assert all(word in story.action.text for word in ("dosing window", "letter", "emergency contact"))
    assert ActionKind.TELL_SUPERVISOR in kinds(story)
    assert story.keeps_place


def test_back_after_ten_days_the_flag_stands_for_28_days(database: Database, clinic: SmallClinic) -> None:
    he = vignettes.luis(database, clinic)
    he.doses("methadone", [day(3, 16)], mg=40)
    he.sessions([day(3, 16)], kind=SessionKind.MEDICATION_VISIT)
    story = told(database, clinic, he, day(3, 16))
    assert story.headline == "Back after 10 days without methadone"
    assert chip(story, Flag.LOWERED_TOLERANCE) == "Lowered tolerance until Apr 12"
    he.doses_with_take_home("methadone", day(3, 17), day(4, 13))
    he.sessions(vignettes.days(day(3, 17), day(4, 13), step=7))
    assert Flag.LOWERED_TOLERANCE in flags_of(told(database, clinic, he, day(4, 12)))
    assert Flag.LOWERED_TOLERANCE not in flags_of(told(database, clinic, he, day(4, 13)))


# --- H3: five weeks away, and her sister tells of an overdose -----------------------------------------------------


def test_an_overdose_told_by_her_sister(database: Database, clinic: SmallClinic) -> None:
    story = told(database, clinic, vignettes.renee(database, clinic))
    assert story.lane == (LaneReason.OVERDOSE,)
    assert (story.group, story.plan_kind) == (Group.NEEDS_PLAN, PlanKind.AWAY)
    assert story.headline.startswith("Overdose March 8, told by family or others on March 10")
    assert story.lines[0] == "No buprenorphine since February 4"
    assert "Not seen for 36 days" in story.lines
    assert flags_of(story) == {
        Flag.OVERDOSE,
        Flag.NO_MEDICATION,
        Flag.LOWERED_TOLERANCE,
        Flag.SAFETY_ANSWER,
        Flag.REPLACE_NALOXONE,
    }
    assert (story.action.kind, story.action.due) == (ActionKind.REACH_TODAY, TODAY)
    also = {ActionKind.OFFER_MEDICATION, ActionKind.REPLACE_NALOXONE, ActionKind.TELL_SUPERVISOR}
    assert also <= set(kinds(story)[1:])
    never(story, *NEVER_SAID)


def test_acknowledged_and_not_reached_she_still_stands_first(database: Database, clinic: SmallClinic) -> None:
    she = vignettes.renee(database, clinic)
    she.acknowledged(day(3, 11), she.safety_item)
    she.called(day(3, 11))
    story = told(database, clinic, she, day(3, 12))
    assert story.lane == (LaneReason.OVERDOSE,)
    assert "acknowledged, not reached" in story.headline
    assert "Look again by Mar 12, Mar 17 and Apr 7" in story.lines
    assert story.action.kind is ActionKind.REACH_TODAY


# --- H4: pregnant, steady, and evening withdrawal -----------------------------------------------------------------


def test_pregnant_and_withdrawal_in_the_evening(database: Database, clinic: SmallClinic) -> None:
    story = told(database, clinic, vignettes.aisha(database, clinic))
    assert story.lane == ()
    assert story.group in (Group.STEADY, Group.LOOKS_WELL)
    assert story.headline == "Withdrawal, mild, March 10, while pregnant"
    assert "Medical review of the pregnancy January 13" in story.lines
    assert flags_of(story) == {Flag.PREGNANT}
    assert (story.action.kind, story.action.due, story.action.owner) == (
        ActionKind.PRESCRIBER_DOSE,
        day(3, 12),
        "Prescriber",
    )
    assert ActionKind.PREGNANCY_REVIEW not in kinds(story)
    never(story, *NEVER_SAID, "medical review today", "lowered tolerance")


def test_once_the_prescriber_has_answered_the_action_is_gone_and_the_chip_stays(
    database: Database, clinic: SmallClinic
) -> None:
    she = vignettes.aisha(database, clinic)
    before = told(database, clinic, she, day(3, 12))
    she.did(day(3, 12), before.action.kind, before.action.answers)
    story = told(database, clinic, she, day(3, 12))
    assert ActionKind.PRESCRIBER_DOSE not in kinds(story)
    assert story.headline != before.headline
    assert story.group is not Group.STEADY or story.action.kind is ActionKind.KEEP_ON
    assert Flag.PREGNANT in flags_of(story)


def test_two_missed_days_are_enough_in_pregnancy(database: Database, clinic: SmallClinic) -> None:
    she = vignettes.aisha(database, clinic)
    asked = told(database, clinic, she, day(3, 12)).action
    she.did(day(3, 12), asked.kind, asked.answers)
    she.doses_with_take_home("methadone", day(3, 12), day(3, 16))
    story = told(database, clinic, she, day(3, 19))
    assert story.group is Group.SLIPPING
    assert story.keeps_place
    assert story.headline == "No methadone for 2 days, last dose March 16"
    assert (story.action.kind, story.action.due) == (ActionKind.PRESCRIBER_BEFORE_DOSE, day(3, 19))


# --- H5: out of jail for two days ---------------------------------------------------------------------------------


def test_out_of_jail_for_two_days(database: Database, clinic: SmallClinic) -> None:
    story = told(database, clinic, vignettes.tom(database, clinic))
    assert (story.lane, story.group) == ((), Group.SLIPPING)
    assert story.headline == "Released March 9 after 5 weeks in custody; no buprenorphine since February 2"
    assert flags_of(story) == {Flag.LOWERED_TOLERANCE, Flag.NO_NALOXONE, Flag.NO_MEDICATION}
    assert (story.action.kind, story.action.owner) == (ActionKind.OFFER_MEDICATION, "Prescriber")
    assert TODAY <= story.action.due <= day(3, 12)
    also = {ActionKind.RECORD_NALOXONE, ActionKind.TELL_TOLERANCE, ActionKind.CALL}
    assert also <= set(kinds(story)[1:])
    assert next(one.due for one in story.also if one.kind is ActionKind.CALL) == day(3, 13)
    never(story, *NEVER_SAID, "goes on as it is", "no-show", "unmarked")


def test_lowered_tolerance_lasts_28_days_from_the_last_day_of_the_later_cause(
    database: Database, clinic: SmallClinic
) -> None:
    he = vignettes.tom(database, clinic)
    he.doses("buprenorphine", vignettes.days(day(3, 12), day(4, 9)))
    later = [day(3, 17), day(3, 24)]
    he.sessions(later)
    he.urine(later, "buprenorphine")
    assert chip(told(database, clinic, he, day(3, 24)), Flag.LOWERED_TOLERANCE).endswith("until Apr 8")
    assert Flag.LOWERED_TOLERANCE in flags_of(told(database, clinic, he, day(4, 8)))
    assert Flag.LOWERED_TOLERANCE not in flags_of(told(database, clinic, he, day(4, 9)))


# --- what turned out to be wrong, or is none ------------------------------------------------------------------------


def test_an_overdose_that_was_told_in_error_is_told_no_more_from_its_correction_on(
    database: Database, clinic: SmallClinic
) -> None:
    """A correction closes no safety item, which waits for a named person; but nothing reads it as an overdose."""
    he = vignettes.marcus(database, clinic)
    told_by_her = he.told_by_others(TODAY, overdosed=True, overdosed_on=day(3, 8), naloxone_used=True)
    item = he.safety_item
    right = CheckInAnswers(
        contact=ContactKind.COLLATERAL, source=InformationSource.COLLATERAL, overdosed=False
    )
    error = {"supersedes": told_by_her.id, "correction_reason": "It was her cousin."}
    he.does(check_ins.record_check_in, TODAY, answers=right, **error)
    story = told(database, clinic, he)
    assert (story.lane, story.group) == ((), Group.SLIPPING)
    assert flags_of(story) == set()
    never(story, "overdose mar", "overdose on", "told by others", "look again")
    with database.reading() as session:
        mine = worklist(session, he.by, TODAY)
        found = recommendation_for(session, he.by, TODAY, he.id)
        _, assessment = assess_for(session, he.by, TODAY, client_ids=[he.id])
    assert [(one.client_id, one.concerns) for one in mine.safety] == [(he.id, ())], (
        "it waits for a named person"
    )
    assert "overdose" not in {one.says.id for option in found.options for one in option.reasons}
    assert assessment.value(he.id, "overdose") == 0
    he.acknowledged(TODAY, item, "Called the sister: it was her cousin.")
    story = told(database, clinic, he, on=day(3, 12))
    assert (story.lane, story.group) == ((), Group.SLIPPING)
    assert flags_of(story) == set()
    never(story, "overdose mar", "overdose on", "told by others", "look again")
