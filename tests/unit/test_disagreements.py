"""Word beside record: which rows it rests on, and what is said of both sides."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from casework.caseload.disagreements import Compared, Difference, DisagreementKind
from casework.indicators.disagreement import says_fine, says_hard
from casework.windows import FactRef, Panel
from tests.support.facts import (
    TODAY,
    TODAY_DAY,
    Row,
    check_in,
    client,
    dose,
    facts,
    mark,
    prescription,
    screen,
)


def difference(**rows: list[Row]) -> Difference | None:
    return Compared(facts(**rows), TODAY).of(1)


def differing(**rows: list[Row]) -> Difference:
    found = difference(**rows)
    assert found is not None
    return found


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


FINE = check_in(-2, use="none", signs="", craving=1)


def test_both_sides_are_said_with_their_days() -> None:
    found = differing(check_ins=[FINE], screens=[screen(-3, "fentanyl")])
    assert found.kind is DisagreementKind.FINE
    assert [(one.on, one.text) for one in found.word] == [
        (days_ago(2), "no opioid use; 0 of 12 signs present; craving 1 of 10")
    ]
    assert [(one.on, one.text) for one in found.record] == [(days_ago(3), "urine screen: Fentanyl found")]


def test_every_kind_of_record_is_said() -> None:
    found = differing(
        check_ins=[
            check_in(0, use="none", taken=(7, 7)),
            check_in(-1, use="regular", contact=False),
        ],
        screens=[
            screen(-10, "heroin"),
            screen(-7, status="missed"),
            screen(-4, status="missed"),
        ],
        attendance=[mark(-6, "no_show"), mark(-3, "no_show")],
        prescriptions=[prescription(-90)],
        doses=[dose(-30), dose(-1), dose(0)],
    )
    assert {one.text for one in found.record} == {
        "urine screen: Heroin found",
        "2 urine screens missed of the last three",
        "2 no-shows in a row",
        "doses on record for 2 of these 7 days",
        "others told: opioid use: regular",
    }
    assert found.record[0].on == TODAY
    assert [one.on for one in found.record] == sorted((one.on for one in found.record), reverse=True)


def test_answers_of_several_check_ins_stand_by_check_in_and_the_newest_of_a_topic_counts() -> None:
    found = differing(
        check_ins=[check_in(-9, use="none", craving=6), check_in(-1, craving=2)],
        screens=[screen(-3, "fentanyl")],
    )
    assert [one.text for one in found.word] == ["craving 2 of 10", "no opioid use"]


def test_the_reverse_names_only_what_is_hard_and_what_looks_fine() -> None:
    found = differing(
        check_ins=[check_in(-2, use="slip", craving=2, signs="")],
        screens=[screen(-1)],
        attendance=[mark(-8), mark(-4, "late")],
    )
    assert found.kind is DisagreementKind.HARD
    assert [one.text for one in found.word] == ["opioid use: slip"]
    assert [one.text for one in found.record] == [
        "urine screen: nothing unexpected found",
        "2 sessions kept in four weeks",
    ]


def test_a_sign_of_a_lapse_tells_of_use_and_is_named() -> None:
    found = differing(check_ins=[check_in(-2, stages="lapse")], screens=[screen(-1)])
    assert found.kind is DisagreementKind.HARD
    assert found.word[0].text == "stage signs: Slip or lapse"


@pytest.mark.parametrize(
    "answer",
    [
        {"craving": 4},
        {"withdrawal": 1},
        {"signs": "isolating boredom"},
        {"stages": "denial anger"},
        {"taken": (5, 7)},
        {"suicidal": 1},
    ],
    ids=str,
)
def test_an_answer_in_between_is_neither_fine_nor_hard(answer: dict[str, object]) -> None:
    told = check_in(-2, use="none", **answer)  # type: ignore[arg-type]
    assert difference(check_ins=[told], screens=[screen(-3, "fentanyl")]) is None
    assert difference(check_ins=[told], screens=[screen(-3)]) is None


def test_a_screen_that_was_tested_for_no_opioid_does_not_look_fine() -> None:
    blind = screen(-3) | {"tested": 0}
    given = facts(check_ins=[check_in(-2, use="slip")], screens=[blind])
    assert np.isnan(says_hard(Panel.on(given, TODAY_DAY)).value).all()


def test_a_prescribed_opioid_in_urine_differs_from_nothing() -> None:
    found = screen(-3, "methadone", expected="methadone")
    assert difference(check_ins=[FINE], screens=[found]) is None


def test_without_doses_on_record_medication_cannot_differ() -> None:
    told = check_in(-2, use="none", taken=(7, 7))
    assert difference(check_ins=[told], prescriptions=[prescription(-90)]) is None


def test_low_coverage_does_not_look_fine_whatever_screens_say() -> None:
    rows = {"prescriptions": [prescription(-90)], "doses": [dose(-30)], "screens": [screen(-1)]}
    assert difference(check_ins=[check_in(-2, use="slip")], **rows) is None


def test_a_client_without_any_fact_is_unknown_and_not_in_agreement() -> None:
    compared = Compared(facts(), TODAY)
    assert compared.of(1) is None
    assert not compared.known(1)


def test_agreement_is_known() -> None:
    compared = Compared(facts(check_ins=[FINE], screens=[screen(-1)]), TODAY)
    assert compared.of(1) is None
    assert compared.known(1)


def test_the_evidence_names_the_rows_of_both_sides_and_of_this_client_alone() -> None:
    given = facts(
        clients=[client(1), client(2)],
        check_ins=[FINE, check_in(-2, 2, use="none")],
        screens=[screen(-9, "heroin"), screen(-3, "fentanyl"), screen(-3, "", 2)],
    )
    reading = says_fine(Panel.on(given, TODAY_DAY))
    assert reading.evidence.of(0) == (
        FactRef("screens", 2, TODAY_DAY - 3),
        FactRef("check_ins", 1, TODAY_DAY - 2),
    )
    assert reading.evidence.of(1) == ()


def test_the_two_never_hold_together() -> None:
    given = facts(check_ins=[check_in(-2, use="none", craving=9)], screens=[screen(-3, "fentanyl")])
    panel = Panel.on(given, TODAY_DAY)
    assert says_fine(panel).value.tolist() == [0]
    assert says_hard(panel).value.tolist() == [0]
