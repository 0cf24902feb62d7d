"""The rules in words: one registry for the reasons, the pages and the documentation."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from casework.level_of_care import RULES
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import LADDER, Move
from casework.level_of_care.stability import stable
from casework.vocabulary import LEVELS, Level, ids
from casework.wording import care_rules as words

DOCS = Path(__file__).parents[2] / "docs" / "level_of_care.md"


def direction(id_: str) -> str:
    return words.direction(RULES[id_].pro, RULES[id_].contra)


def test_every_rule_names_its_source() -> None:
    assert all(words.source(rule.source) for rule in RULES.values())


def test_the_documentation_lists_every_rule_as_the_registry_words_it() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    table = rows[next(n for n, row in enumerate(rows) if row.startswith("| rule |")) + 1 :]
    assert table == [
        f"| {words.label(rule.id)} | {words.when(rule.id, rule.limits)} | {words.then(rule.id, rule.limits)} "
        f"| {words.direction(rule.pro, rule.contra)} | {words.source(rule.source)} |"
        for rule in RULES.values()
    ]


def test_a_rule_is_written_under_its_identifier() -> None:
    assert [getattr(rule.holds, "__name__", None) for rule in RULES.values()] == list(RULES)


def test_no_rule_speaks_for_and_against_the_same_move() -> None:
    assert not [rule.id for rule in RULES.values() if {*rule.pro} & {*rule.contra}]


def test_a_rule_says_in_words_what_it_speaks_for_and_against() -> None:
    assert direction("use_likely") == "For the same level or a higher level. Against a lower level."
    assert direction("offer_medication") == "For every option."
    assert direction("therapy") == "Stands beside every option."


def test_nothing_that_asks_for_a_review_speaks_for_a_lower_level() -> None:
    assert all(Move.DOWN in RULES[id_].contra for id_ in ("safety", "in_pregnancy", "medical_withdrawal"))


def test_a_situation_starts_unknown_and_unknown_is_neither_stable_nor_a_risk() -> None:
    who = ClientState(client_id=1, level=Level.OUTPATIENT)
    assert not stable(who)
    assert not any((who.losing_contact, who.use_likely, who.in_touch, who.use_unlikely))
    assert {field.name for field in fields(ClientState)} >= {"use_chance", "contact_chance", "signs"}


def test_levels_of_the_ladder_are_the_sources_without_detox() -> None:
    assert [level.value for level in LADDER] == [id_ for id_ in ids(LEVELS) if id_ != "detox"]
