"""A made-up client's standing in words, without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from casework import wording
from casework.caseload.story import Chip, NextAction, Story
from casework.vocabulary import ActionKind, Flag, Group, LaneReason, PlanKind
from tests.support.clinic import TODAY

CHIPS = tuple(Chip(flag, wording.label(flag), wording.sentence_of(flag)) for flag in Flag)
ACTION = NextAction(
    ActionKind.PLAN_REVIEW, "Plan review", "Alice", TODAY + dt.timedelta(days=1), "by tomorrow", None, ()
)
TOLD = Story(
    client_id=1,
    group=Group.NEEDS_PLAN,
    group_label="Needs a plan",
    plan_kind=PlanKind.AWAY,
    plan_kind_label="Away",
    since=TODAY,
    lane=(LaneReason.OVERDOSE,),
    lane_label="Overdose",
    headline="Overdose on March 8",
    lines=("No buprenorphine since February 4", "Not seen for 36 days"),
    chips=CHIPS,
    action=ACTION,
    also=(replace(ACTION, kind=ActionKind.RECORD_NALOXONE, text="Give a kit"),),
    rest="",
    tries="",
    new="new since the call of March 3: overdose on March 8",
    strength="12 negative screens",
    keeps_place=False,
    refs=(),
    grounds=((), (), ()),
)
