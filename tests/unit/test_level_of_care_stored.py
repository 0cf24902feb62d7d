"""A recommendation that is kept with a decision: identifiers, values and dated rows, which read the same later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from casework.level_of_care import Option, Recommendation, Statement, from_json, to_json
from casework.vocabulary import CO_OCCURRING, Level, mask
from casework.wording import care_rules
from casework.wording import level_of_care as words
from casework.wording.en.level_of_care import NO_LONGER_IN_USE
from tests.support.care import (
    ALCOHOL,
    HEROIN,
    RUNG,
    daily_doses,
    recommendation,
    said,
    stable_weeks,
    without_rule,
)
from tests.support.facts import check_in, client, dose, placement, prescription, safety_item, screen

IDENTIFIER = re.compile(r"[a-z0-9_-]+")
CASES: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "a slip": {"check_ins": [check_in(-3, use="slip")], "screens": [screen(-3, "fentanyl")]},
    "regular use and withdrawal": {
        "clients": [client(co_occurring=mask(CO_OCCURRING, ["depression", "anxiety"]))],
        "check_ins": [check_in(-2, use="regular", withdrawal=2) | {"withdrawal_from": HEROIN}],
    },
    "stable": stable_weeks(),
    "answered by a decision": {
        "check_ins": [check_in(-9, use="slip", stages="lapse")],
        "screens": [screen(-9, "fentanyl")],
        "safety_items": [safety_item(-9, -8, "overdose")],
        "placements": [placement(-100), placement(-3)],
    },
    "alcohol withdrawal on methadone, and overdose in intensive care": {
        "clients": [client(level=RUNG["intensive_outpatient"])],
        "check_ins": [check_in(-2, withdrawal=2) | {"withdrawal_from": ALCOHOL}],
        "safety_items": [safety_item(-1, None, "overdose")],
        "prescriptions": [prescription(-60, None, "methadone")],
        "doses": [dose(day, medication="methadone") for day in range(-60, 1)],
    },
    "medication taken well, and an open safety answer": {
        "prescriptions": [prescription(-60)],
        "doses": daily_doses(),
        "check_ins": [check_in(-1, use="slip")],
        "safety_items": [safety_item(-1)],
    },
}


@pytest.fixture(params=CASES)
def shown(request: pytest.FixtureRequest) -> Recommendation:
    return recommendation(**CASES[request.param])


def kept(shown: Recommendation) -> dict[str, Any]:
    """As the database gives it back."""
    found: dict[str, Any] = json.loads(json.dumps(to_json(shown), allow_nan=False))
    return found


def in_words(found: Recommendation) -> list[str]:
    """Everything that is said of a recommendation."""
    arguments = [*found.review_today, *(one for o in found.options for one in (*o.reasons, *o.against))]
    return [
        *(
            said(one)
            for one in (found.note, *found.alongside, *(option.first_step for option in found.options))
        ),
        *(f"{said(one.says)} ({care_rules.label(one.rule)}) {one.day}" for one in arguments),
        *(f"{words.needs(one)}: {words.is_now(one)}" for one in found.step_down),
        *(said(one) for stop in found.stops for one in stop.says),
    ]


def strings(value: Any) -> Iterator[str]:
    """Every key and every text in a JSON value."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def test_what_was_kept_reads_the_same_later(shown: Recommendation) -> None:
    again = from_json(kept(shown))
    assert again == shown
    assert again is not None
    assert in_words(again) == in_words(shown)


def test_what_is_kept_holds_identifiers_and_no_sentence(shown: Recommendation) -> None:
    assert not [text for text in strings(to_json(shown)) if not IDENTIFIER.fullmatch(text)]


def test_whatever_is_said_has_words(shown: Recommendation) -> None:
    assert not [text for text in in_words(shown) if NO_LONGER_IN_USE in text or "no longer in use" in text]


def test_a_reason_is_kept_with_the_dated_rows_that_it_rests_on() -> None:
    reason = kept(recommendation(**CASES["a slip"]))["options"][0]["reasons"][0]
    assert reason == {
        "rule": "return_slip_same_level",
        "says": "slip_reported",
        "values": {},
        "rows": [{"frame": "check_ins", "id": 1, "on": "2026-11-21"}],
    }


def test_a_recommendation_stays_readable_after_its_rule_was_removed() -> None:
    shown = recommendation(**CASES["a slip"])
    before, stored = in_words(shown), kept(shown)
    with without_rule("return_slip_same_level"):
        again = from_json(stored)
        assert again is not None
        assert in_words(again) == before


def test_a_rule_and_a_sentence_without_words_are_said_to_be_no_longer_in_use() -> None:
    stored = json.loads(
        json.dumps(kept(recommendation(**CASES["a slip"]))).replace("return_slip_same_level", "gone")
    )
    stored["options"][0]["first_step"] = {"says": "gone_too", "values": {}}
    stored["step_down"][0]["criterion"] = "gone_as_well"
    again = from_json(stored)
    assert again is not None
    told = in_words(again)
    assert "This was said in words that are no longer in use" in told
    assert "This was said in words that are no longer in use: not known" in told
    assert any(text.startswith("A slip was reported (a rule that is no longer in use)") for text in told)


def test_what_was_kept_in_the_form_before_still_reads() -> None:
    """Without stops and without medical withdrawal, under rules that have come to mean something else since."""
    stored = kept(recommendation(**CASES["a slip"])) | {"version": 1}
    del stored["stops"]
    for one in stored["options"]:
        del one["withdrawal_from"]
        one["first_step"] = {"says": "start_medication", "values": {}}
    stored = json.loads(json.dumps(stored).replace("return_slip_same_level", "return_slip"))
    again = from_json(stored)
    assert again is not None
    assert again.stops == ()
    told = in_words(again)
    assert any(text.startswith("A slip was reported (Slip)") for text in told)
    assert not [text for text in told if "no longer in use" in text]


def test_another_form_than_this_version_reads_is_told_apart_and_no_error() -> None:
    assert from_json({"options": []}) is None
    assert from_json(to_json(recommendation()) | {"version": 99}) is None


@pytest.mark.parametrize(
    ("with_medication", "next_level"), [(False, Level.RESIDENTIAL), (True, None), (True, Level.DETOX)]
)
def test_detox_without_medication_or_a_next_rung_cannot_even_be_made(
    with_medication: bool, next_level: Level | None
) -> None:
    with pytest.raises(ValueError, match="detox is an option with"):
        Option(Level.DETOX, Statement("supervised_withdrawal"), with_medication, next_level)
