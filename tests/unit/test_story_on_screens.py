"""How a client's standing is drawn: chips, group, headline and next action, in the same words on every screen."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from casework.caseload.story import Chip
from casework.vocabulary import Flag, Group
from pages.shared.widgets import flags, story
from tests.support.server import ROOT
from tests.support.stories import CHIPS, TOLD

SHOWS_NO_CLIENT = {
    "definitions": "words and rules, about nobody",
    "evidence": "figures of the trials, about nobody",
    "imports": "rows of a file, before they are anybody's record",
    "report_card": "about rules and the clinic; a reason's client is named to those who see them, with a link",
}
"""Pages on which no flag stands beside a name, and why."""
MARKUP = "<b>*Bo*</b> & “co” :smile:"


def words(drawn: str) -> str:
    """What a reader reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", drawn)).split())


def test_chips_are_a_list_with_a_name_and_say_each_flag_in_full() -> None:
    drawn = flags.chips(CHIPS)
    assert drawn.count("<li") == len(Flag)
    assert 'aria-label="Flags"' in drawn
    for chip in CHIPS:
        assert html.escape(chip.text) in drawn
        assert html.escape(chip.tooltip) in drawn


def test_where_it_is_narrow_the_grave_flags_stand_and_the_others_are_behind_their_number() -> None:
    grave = [chip for chip in CHIPS if chip.flag in flags.GRAVE]
    calm = [chip for chip in CHIPS if chip.flag not in flags.GRAVE]
    before, _, behind = flags.few(CHIPS).partition("<details")
    assert f"<summary>+{len(calm)}</summary>" in behind
    assert [html.escape(chip.text) in behind for chip in (*calm, *grave)] == [True] * len(calm) + [
        False
    ] * len(grave)
    assert all(html.escape(chip.text) in before for chip in CHIPS)
    assert flags.few(grave) == flags.chips(grave)
    assert flags.few(()) == ""


def test_without_a_flag_nothing_is_drawn() -> None:
    assert flags.chips(()) == ""
    assert flags.cell(()) == []
    assert flags.explained(()) == []


def test_what_can_be_about_life_and_death_in_days_stands_out_and_is_explained() -> None:
    grave = [chip for chip in CHIPS if chip.flag in flags.GRAVE]
    assert flags.chips(CHIPS).count("tideline-flag-grave") == len(grave) < len(CHIPS)
    explained = flags.explained(CHIPS)
    assert [words(line).partition(" :")[0] for line in explained] == [chip.text for chip in grave]


@pytest.mark.parametrize("draw", [flags.chips, flags.few, lambda chips: "".join(flags.explained(chips))])
def test_words_are_never_markup(draw: object) -> None:
    assert callable(draw)
    drawn = draw((Chip(Flag.OVERDOSE, MARKUP, MARKUP),))
    assert "<b>" not in drawn
    assert MARKUP in html.unescape(drawn)


def test_the_group_says_what_comes_before_it_and_the_kind_of_plan() -> None:
    assert words(story.group(TOLD)) == "Overdose Needs a plan: away"
    steady = replace(TOLD, lane=(), lane_label="", plan_kind=None, plan_kind_label="", group_label="Steady")
    assert words(story.group(steady)) == "Steady"


def test_who_comes_before_all_groups_is_not_called_steady() -> None:
    calm = replace(TOLD, group=Group.STEADY, group_label="Steady", plan_kind=None, plan_kind_label="")
    assert words(story.group(calm)) == "Overdose"


def test_beneath_the_headline_stand_the_other_facts_and_last_what_holds() -> None:
    assert [words(line) for line in story.beneath(TOLD)] == [
        "No buprenorphine since February 4",
        "Not seen for 36 days",
        "Holds : 12 negative screens",
    ]
    assert story.beneath(replace(TOLD, new="", lines=(), strength="")) == []


def test_what_is_new_is_marked_and_never_said_twice() -> None:
    assert words(story.headline(TOLD)) == "new Overdose on March 8"
    other = replace(TOLD, new="new since the call of March 3: no-show on March 9")
    assert words(story.headline(other)) == "Overdose on March 8"
    assert words(story.beneath(other)[0]) == "new since the call of March 3: no-show on March 9"
    assert words(story.headline(replace(TOLD, new=""))) == "Overdose on March 8"


def test_a_table_says_the_same_words_as_the_page() -> None:
    cells = {head: cell(TOLD) for head, cell in story.columns(lambda row: row).items()}
    assert cells == {
        story.GROUP: "Needs a plan: away",
        story.FLAGS: [chip.text for chip in CHIPS],
        story.HEADLINE: "Overdose on March 8",
        story.NEXT: "Plan review · Alice, by tomorrow",
    }
    assert set(cells) == set(story.COLUMNS)
    assert words(story.next_action(TOLD)) == cells[story.NEXT]
    assert words(story.headline(replace(TOLD, new=""))) == cells[story.HEADLINE]


def test_every_page_with_a_clients_name_shows_the_flags() -> None:
    for page in sorted((ROOT / "pages").glob("*/page.py")):
        drawn = any(
            "flags.chips(" in text
            or "flags.few(" in text
            or "in flags.GRAVE) for one in item.story.chips" in text
            or "flags.show(" in text
            or "flags.cell(" in text
            or "story.columns(" in text
            for text in (module.read_text(encoding="utf-8") for module in page.parent.glob("*.py"))
        )
        assert drawn is not (page.parent.name in SHOWS_NO_CLIENT), page.parent.name
