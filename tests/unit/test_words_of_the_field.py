"""What is said of clients: no word that blames, counts wrong, or that only a statistician reads."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest

from casework import wording
from casework.indicators import INDICATORS
from casework.indicators.drift import ABOVE_LIMIT, ABOVE_WARNING, WARNING_LIMIT
from tests.support.server import ROOT
from tests.support.words_of_the_field import Rule, jargon, misnamed

SAID_ELSEWHERE: Final = (
    "casework/wording/en/sources.py",  # the title of the source
    "casework/wording/en/substances.py",  # the substance's own name
)


class Text(NamedTuple):
    """A text of ours, and where it stands."""

    where: str
    words: str


def texts() -> Iterator[Text]:
    """Every text that a page, a print or the README can show. Parts of one sentence stand together; what is put in is
    `{}`."""
    for folder in ("casework/wording", "pages", "casework/caseload"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if where not in SAID_ELSEWHERE:
                yield from (Text(where, words) for words in texts_of(ast.parse(path.read_text("utf-8"))))
    yield Text("README.md", " ".join((ROOT / "README.md").read_text("utf-8").split()))


def texts_of(tree: ast.Module) -> Iterator[str]:
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in described or id(node) in parts:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield " ".join(node.value.split())
        elif isinstance(node, ast.JoinedStr):
            said = (
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{}"
                for part in node.values
            )
            yield " ".join("".join(said).split())


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("about 2 of 10 reach a fourth week of use or absence", Rule.NOT_COMING),
        ("neither use nor absence", Rule.NOT_COMING),
        ("She is in a run of bad weeks", Rule.NEEDS_PLAN),
        ("three clients are past it", Rule.NEEDS_PLAN),
        ("two lost clients", Rule.NEEDS_PLAN),
        ("of the people who are lost", Rule.NEEDS_PLAN),
        ("mortality out of treatment is higher", Rule.MORTALITY),
        ("People, places or things tied to heroin", Rule.OPIOIDS),
        ("heroin and other opioids", Rule.OPIOIDS),
        ("The old dose can kill", Rule.BLAME),
        ("a dirty urine", Rule.BLAME),
        ("an addict, an abuser, a substance abuse problem", Rule.BLAME),
    ],
)
def test_a_word_that_says_it_wrong_is_found(words: str, rule: Rule) -> None:
    assert rule in misnamed(words)


@pytest.mark.parametrize(
    "words",
    [
        "a fourth week in a row with use or not coming",
        "needs a plan",
        "Will contact be lost?",
        "overdose mortality and all-cause mortality",
        "heroin, fentanyl or other opioids",
        "three weeks in a row",
        "left out people with a prominent history of heroin use",
    ],
)
def test_the_right_word_passes(words: str) -> None:
    assert not misnamed(words)


def test_every_text_of_ours_says_it_in_the_words_of_the_field() -> None:
    found = {f"{one.where}: {one.words[:90]}": rules for one in texts() if (rules := misnamed(one.words))}
    assert not found


# --- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Prescribed medication: 2 kind",
        "Time in care: 37.14 weeks",
        "3.77 times the usual spread",
        "1 days",
        "up 0.333 a week",
        "nan days",
        "None weeks",
        "2 standard deviations",
        "odds ratio 2.7",
        "21 week of 14",
    ],
)
def test_a_number_that_nobody_would_say_is_found(words: str) -> None:
    assert jargon(words)


@pytest.mark.parametrize(
    "words",
    [
        "37 weeks",
        "1 day",
        "11 days",
        "21 signs",
        "0.4 points a week",
        "3 of 14",
        "about 3 in 10",
        "1 week of 14",
    ],
)
def test_a_number_as_people_say_it_passes(words: str) -> None:
    assert not jargon(words)


@pytest.mark.parametrize("indicator_id", INDICATORS)
@pytest.mark.parametrize("value", [0.0, 1.0, 1.04, 1.4, 2.0, 3.7714, 7.139, 37.142857, math.nan])
def test_the_value_of_an_indicator_is_said_as_people_say_it(indicator_id: str, value: float) -> None:
    whole = indicator_id in ("reported_use", "lowered_tolerance", "medication_kind")
    if whole and not math.isnan(value):
        value = min(float(int(value)), 1.0 if indicator_id == "lowered_tolerance" else 2.0)
    said = wording.value_in_words(indicator_id, value)
    assert not jargon(said), said


def test_drift_is_said_against_the_clients_own_limits() -> None:
    said = {
        value: wording.value_in_words("drift", value)
        for value in (-WARNING_LIMIT - 1, 0.0, ABOVE_WARNING, ABOVE_LIMIT)
    }
    assert [words.partition(" than")[0] for words in said.values()] == [
        "fewer signs", "as usual for this client", "more signs", "far more signs",
    ]  # fmt: skip
    assert not any(re.search(r"\d", words) for words in said.values())


def test_a_medication_is_named_and_no_number() -> None:
    said = [wording.value_in_words("medication_kind", value) for value in (0.0, 1.0, 2.0, math.nan)]
    assert said == ["neither methadone nor buprenorphine", "methadone", "buprenorphine", "none prescribed"]
