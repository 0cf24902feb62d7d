"""A term has its words in one place, and a fact is said in one way."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest

import db.models
from casework import vocabulary, wording
from casework.caseload.check_in_form import WorklistStanding, changes
from casework.figures.caseload import stage_tags, stage_tags_finding
from casework.vocabulary import (
    HALT,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    AbsenceCause,
    Band,
    CallOutcome,
    Certainty,
    Level,
    Mark,
    Medication,
    ScreenStatus,
    SessionKind,
    Stage,
    Substance,
    Term,
    Use,
    ids,
    mask,
)
from casework.what_if import Goal, NewFact, Reached, WhatIfAnswer, WhatIfChange
from casework.wording.en.terms import GLOSSARY
from casework.wording.words import Words
from tests.support.facts import TODAY_DAY
from tests.support.figures import clients, tags
from tests.support.server import ROOT
from tests.support.stories import TOLD

DAY = dt.date(2026, 11, 24)
ENUMS = {one for one in vars(vocabulary).values() if isinstance(one, type) and issubclass(one, StrEnum)}
TERMS = {
    term
    for one in vars(vocabulary).values()
    for term in (one if isinstance(one, tuple) else (one,))
    if isinstance(term, Term)
}


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """Of all texts that only describe code."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


# --- every term has its words, in one place -----------------------------------------------------------------------


def test_every_term_has_a_label_and_of_a_list_all_entries_a_sentence_or_none() -> None:
    for member in (member for enum in ENUMS for member in enum):
        assert GLOSSARY.label(member), member
    for term in TERMS:
        assert GLOSSARY.label(term), term
    for kind in {type(term) for term in TERMS} - {Substance}:
        sentences = [GLOSSARY.sentence_of(term) for term in TERMS if type(term) is kind]
        assert all(one.endswith(".") for one in sentences), kind.__name__
    assert not any(words.sentence for words in GLOSSARY.texts[Substance].values())


def test_no_words_are_left_of_a_term_that_is_gone() -> None:
    known = {
        **{enum: {member.value for member in enum} for enum in ENUMS},
        **{kind: {term.id for term in TERMS if type(term) is kind} for kind in map(type, TERMS)},
    }
    for kind in GLOSSARY.texts:
        assert set(GLOSSARY.texts[kind]) == known[kind], kind.__name__


def test_no_text_lives_in_the_vocabulary() -> None:
    for name, tree in trees("casework/vocabulary"):
        described = docstrings(tree)
        texts = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described
        ]
        assert not [text for text in texts if " " in text or text != text.strip()], name


def test_what_is_stored_is_an_identifier_and_never_a_sentence() -> None:
    enums = set(ENUMS)
    for found in pkgutil.iter_modules(db.models.__path__, "db.models."):
        module = importlib.import_module(found.name)
        enums |= {one for one in vars(module).values() if isinstance(one, type) and issubclass(one, StrEnum)}
    for member in (member for enum in enums for member in enum):
        assert member.value.isidentifier() or member.value.replace(".", "_").isidentifier(), member
        assert member.value == member.value.lower()
    for term in TERMS:
        assert term.id.isidentifier()
        assert term.id == term.id.lower()


def test_a_coding_names_its_system_by_address_and_a_code() -> None:
    for coding in (coding for term in TERMS for coding in term.codings):
        assert coding.system.startswith("http")
        assert coding.code.strip() == coding.code != ""


# --- no second set of labels --------------------------------------------------------------------------------------


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def labels_of_terms(tree: ast.Module) -> list[int]:
    """Lines of dicts that say a vocabulary's terms in words of their own."""
    names = {enum.__name__ for enum in ENUMS}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and any(
            isinstance(key, ast.Attribute)
            and isinstance(key.value, ast.Name)
            and key.value.id in names
            and is_text(value)
            for key, value in zip(node.keys, node.values, strict=True)
        )
    ]


def second_words_of_a_list(tree: ast.Module) -> list[int]:
    """Lines of dicts of texts in which a list's members, all of them, are at least half of the keys."""
    lists = [{member.value for member in enum} for enum in ENUMS]
    found = []
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
        said = {
            key.value: value.value
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
        }
        found += [node.lineno for ids_ in lists if ids_ <= said.keys() and 1 < len(ids_) >= len(said) / 2]
    return found


def test_second_words_of_a_list_are_found() -> None:
    code = (
        "OTHER = {'low': 'low', 'watch': 'worth watching', 'elevated': 'up', 'high': 'high', 'unknown': '?'}"
    )
    assert second_words_of_a_list(ast.parse(code)) == [1]
    assert second_words_of_a_list(
        ast.parse("{'detox': 'detox', 'custody': 'jail', 'hospital': 'stay', 'travel': 'trip'}")
    ) == [1]
    assert second_words_of_a_list(ast.parse("{'signs': 'warning signs', 'use': 'opioid use'}")) == []


def test_the_wording_says_no_list_a_second_time() -> None:
    found = {
        name: lines for name, tree in trees("casework/wording") if (lines := second_words_of_a_list(tree))
    }
    assert not found, "take the term's own words: label, short_label or within"


def test_a_second_dict_of_labels_is_found() -> None:
    assert labels_of_terms(ast.parse("SAID = {Mark.LATE: 'Late', Mark.EXCUSED: 'Excused'}")) == [1]
    assert labels_of_terms(ast.parse("MINUTES = {SessionKind.GROUP: 90}")) == []


def test_pages_have_no_words_of_their_own_for_a_coded_term() -> None:
    found = {name: lines for name, tree in trees("pages") if (lines := labels_of_terms(tree))}
    assert not found, "take the words from casework.wording"


def is_a_terms_words(node: ast.AST | None) -> bool:
    """A call that puts a term into words."""
    called = node.func if isinstance(node, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
    return name in ("label", "short_label", "within", "sentence_of")


def identifiers_by_words(tree: ast.Module) -> list[int]:
    """Lines that get back from words to what they stand for: words that are compared or are a key, and a dict of texts
    whose values are members of a list. Texts without capitals or blanks are identifiers."""
    names = {enum.__name__ for enum in ENUMS}
    found = []
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.expr)):
        keys: list[ast.expr | None] = []
        if isinstance(node, ast.Compare):
            keys = [node.left, *node.comparators]
        elif isinstance(node, ast.DictComp):
            keys = [node.key]
        elif isinstance(node, ast.Dict):
            keys = list(node.keys)
            found += [
                node.lineno
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant)
                and isinstance(key.value, str)
                and (" " in key.value or key.value != key.value.lower())
                and isinstance(value, ast.Attribute)
                and isinstance(value.value, ast.Name)
                and value.value.id in names
            ]
        found += [node.lineno for key in keys if is_a_terms_words(key)]
    return found


@pytest.mark.parametrize(
    "code",
    [
        "next(one for one in CallOutcome if wording.label(one) == said)",
        "{wording.label(one): one for one in Mark}[said]",
        "{short_label(Mark.LATE): 3}",
        "{'Left a message': CallOutcome.LEFT_MESSAGE}",
    ],
)
def test_a_way_back_from_words_is_found(code: str) -> None:
    assert identifiers_by_words(ast.parse(code)) == [1]


def test_an_identifier_that_leads_to_words_or_to_a_member_is_no_way_back() -> None:
    assert not identifiers_by_words(ast.parse("{one: wording.label(one) for one in Mark}"))
    assert not identifiers_by_words(ast.parse("{'late': Mark.LATE}"))


def test_nothing_finds_an_identifier_by_its_words() -> None:
    found = {
        name: lines
        for name, tree in trees("casework", "pages", "db")
        if (lines := identifiers_by_words(tree))
    }
    assert not found, "hand the identifier through, and put it into words where it is shown"


def test_only_one_module_names_the_folder_of_a_language() -> None:
    inside = ("casework/wording/__init__.py", "casework/wording/en/")
    found = [
        name
        for name, tree in trees("casework", "pages", "db")
        if not name.startswith(inside)
        and any(
            isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casework.wording.en")
            for node in ast.walk(tree)
        )
    ]
    assert not found, "say it through casework.wording, where the language is chosen"


# --- a fact in, words out -----------------------------------------------------------------------------------------


def check_in(**answers: Any) -> Any:
    nothing: dict[str, Any] = {
        **dict.fromkeys(("signs_asked", "signs_present", "halt_present", "stage_present"), 0),
        "protective_present": 0,
        **dict.fromkeys(("craving", "use", "use_days", "withdrawal", "suicidal", "overdosed")),
        **dict.fromkeys(("used_on", "overdosed_on", "naloxone_used")),
        **dict.fromkeys(("medication_days_taken", "medication_days_of")),
    }
    return SimpleNamespace(**nothing | answers)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ""),
        ({"signs_asked": 0b111}, "0 of 3 signs present"),
        (
            {"signs_asked": 0b111, "signs_present": mask(WARNING_SIGNS, ["same_activities", "boredom"])},
            "2 of 3 signs present: Old activities and Bored, no hobbies",
        ),
        ({"craving": 0}, "craving 0 of 10"),
        ({"use": Use.NONE}, "no opioid use"),
        ({"use": Use.SLIP, "use_days": 1}, "opioid use: slip on 1 day"),
        ({"use": Use.REGULAR}, "opioid use: regular"),
        (
            {"use": Use.REGULAR, "use_days": 2, "used_on": DAY},
            "opioid use: regular on 2 days, last on November 24, 2026",
        ),
        (
            {"overdosed": True, "overdosed_on": DAY, "naloxone_used": True},
            "overdose on November 24, 2026, naloxone used",
        ),
        ({"halt_present": mask(HALT, ["tired"])}, "HALT: Tired"),
        ({"stage_present": mask(STAGE_SIGNS, ["lapse"])}, "stage signs: Slip or lapse"),
        ({"withdrawal": 2}, "withdrawal moderate"),
        ({"medication_days_taken": 0, "medication_days_of": 7}, "medication taken on 0 of 7 days"),
        ({"suicidal": True, "craving": 3}, "craving 3 of 10; suicidal or self-harm thoughts"),
        ({"overdosed": True, "suicidal": False}, "overdose"),
        ({"suicidal": False, "overdosed": False}, ""),
    ],
)
def test_a_check_in_says_what_was_answered_and_nothing_of_what_was_not_asked(
    answers: dict[str, Any], said: str
) -> None:
    assert wording.check_in(check_in(**answers)) == said


FOUND = mask(SUBSTANCES, ["heroin", "methadone"])
EXPECTED = mask(SUBSTANCES, ["methadone", "buprenorphine"])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (wording.session(SessionKind.INDIVIDUAL, Mark.NO_SHOW), "Individual: no-show"),
        (wording.session(SessionKind.GROUP, Mark.LATE, "Evening"), "Evening: late"),
        (wording.call(CallOutcome.LEFT_MESSAGE), "left a message"),
        (
            wording.call_logged(CallOutcome.NO_ANSWER),
            "call logged: no answer. That is not contact yet.",
        ),
        (wording.call_reached(False), "not reached"),
        (wording.note(), "Note"),
        (wording.note("Evening"), "Note of Evening"),
        (wording.note(""), "Note of a group"),
        (wording.session_title(SessionKind.GROUP, ""), "Group"),
        (wording.session_title(SessionKind.GROUP, "Evening"), "Evening"),
        (wording.screen(ScreenStatus.EXCUSED), "excused"),
        (
            wording.screen(ScreenStatus.COLLECTED, tested=FOUND, certainty=Certainty.CONFIRMED),
            "nothing unexpected found (confirmed)",
        ),
        (
            wording.screen(ScreenStatus.COLLECTED, tested=FOUND | EXPECTED, found=FOUND, expected=EXPECTED),
            "Heroin found; Methadone found as prescribed; prescribed Buprenorphine not found",
        ),
        (wording.prescription(Medication.METHADONE, milligrams=80, until=None), "Methadone 80 mg"),
        (
            wording.prescription(Medication.NALTREXONE, until=DAY),
            "Naltrexone tablets until November 24, 2026",
        ),
        (
            wording.dose(Medication.BUPRENORPHINE_XR, milligrams=2.5, covers_days=28),
            "Buprenorphine injection 2.5 mg, covers 28 days",
        ),
        (wording.absence(AbsenceCause.DETOX, None, None), "detox, still going on"),
        (wording.absence(AbsenceCause.CUSTODY, DAY, None), "custody, until November 24, 2026"),
        (
            wording.absence(AbsenceCause.HOSPITAL, DAY, True),
            "hospital, until November 24, 2026, medication given",
        ),
        (
            wording.absence(AbsenceCause.TRAVEL, None, False),
            "travel, still going on, medication not given",
        ),
        (wording.safety_item(mask(SAFETY_CONCERNS, ["overdose"]), open_=True), "Overdose: open"),
        (
            wording.safety_item(mask(SAFETY_CONCERNS, ["self_harm", "overdose"]), open_=False, by="Alice"),
            "Self-harm and overdose: acknowledged by Alice",
        ),
        (
            wording.placement(Level.DETOX, next_level=Level.OUTPATIENT, accepted=False),
            "Detox, then outpatient, another than recommended",
        ),
    ],
)
def test_a_fact_is_said_in_one_way(told: str, said: str) -> None:
    assert told == said


def test_charts_and_answers_name_a_band_and_a_stage_by_their_words_and_not_by_what_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind in (Band, Stage):
        renamed = {member.value: Words(f"Word for {member.name}", within=member.name) for member in kind}
        monkeypatch.setattr(GLOSSARY, "texts", {**GLOSSARY.texts, kind: renamed})
    people = clients(2)
    figure = stage_tags(tags(people), TODAY_DAY)
    assert list(figure.layout.yaxis.ticktext) == [f"Word for {stage.name}" for stage in Stage]
    assert all("Word for MENTAL: " in text for text in figure.data[0].text)
    assert stage_tags_finding(tags(people), 2).alt.endswith("Clients: EMOTIONAL 0, MENTAL 2, PHYSICAL 0.")

    change = WhatIfChange((NewFact("no_shows"),), 2, DAY, Reached(Band.HIGH))
    (line,) = wording.what_if.answered(WhatIfAnswer(Goal.HIGHER_BAND, Reached(Band.LOW), found=change))
    assert " would bring this to HIGH by " in line

    before = WorklistStanding(TOLD, Band.LOW, 3, safety_open=False, reasons={}, values={})
    (changed,) = changes(before, dataclasses.replace(before, band=Band.WATCH))
    assert (changed.before, changed.after) == ("● Word for LOW", "◆ Word for WATCH")


def test_medications_are_the_list_of_medications() -> None:
    assert tuple(one.value for one in Medication) == ids(vocabulary.MEDICATIONS)


def test_what_nobody_knows_of_a_permission_has_one_name() -> None:
    assert wording.label(vocabulary.Permission.UNKNOWN) == "Not known"
    assert wording.within(vocabulary.Permission.UNKNOWN) == "not known"
