"""Dated decisions on the level of care: which one is on trial, and which facts it has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.frames import KINDS, NOT_ASKED
from casework.level_of_care.limits import TRIAL_DAYS
from casework.vocabulary import ActionKind, AnsweredBy, FactKind
from casework.windows import NO_ROW, Array, Bools, Ints, Panel, Window

NO_DAY: Final = -1
_BY_TASK, _BY_DECISION = (list(AnsweredBy).index(one) for one in (AnsweredBy.TASK, AnsweredBy.DECISION))
_KINDS: Final = list(FactKind)
_ID_BITS: Final = 40


@dataclass(frozen=True)
class Decisions:
    """Of each client of a `panel` of one day. `on`: the day of the decision that is on trial, -1 without one.
    `level_since`: the day from which the level now holds; `next_level`: the position of the rung that was named to
    follow it, -1 without one."""

    panel: Panel
    on: Ints
    level_since: Ints
    next_level: Ints

    def answers(self, window: Window) -> Bools:
        """Which rows of the window's whole frame the decision on trial has answered: what was known before its day,
        and what it kept among its reasons.

        Of what became known on the day itself the rest may have come after it, and counts as new.
        """
        owner = np.searchsorted(self.panel.client_id, window.all_of("client_id"))
        if not len(self.on):
            return np.zeros(len(owner), dtype=bool)
        on = self.on[np.minimum(owner, len(self.on) - 1)]
        answered: Bools = window.all_of("known") < on
        by_decision = self.panel.window("answered", None).all_of("by") == _BY_DECISION
        answered |= self._named(window, by_decision) & (on != NO_DAY)
        return answered

    def answered_by_action(self, window: Window, *kinds: ActionKind) -> Bools:
        """Which rows of the window's whole frame a decision of late, or an action of one of the kinds, has answered by
        name."""
        kept, tasks = self.panel.window("answered", None), self.panel.window("tasks", None)
        of_kinds = np.isin(tasks.all_of("kind"), [list(ActionKind).index(one) for one in kinds])
        of_prescriber = tasks.all_of("id")[of_kinds]
        by_action = (kept.all_of("by") == _BY_TASK) & np.isin(kept.all_of("by_id"), of_prescriber)
        return self._named(window, by_action | (kept.all_of("by") == _BY_DECISION))

    def _named(self, window: Window, by: Bools) -> Bools:
        """Which rows of the window's whole frame are named among the rows `by` of what was answered lately."""
        kept = self.panel.window("answered", None)
        today, day = self.panel.as_of.max(initial=0), kept.all_of("day")
        lately = (day > today - TRIAL_DAYS) & (day <= today) & (kept.all_of("known") <= today)
        of_frame = kept.all_of("kind") == _KINDS.index(KINDS[window.name])
        found: Bools = np.isin(_key(window, "id"), _key(kept, "fact")[by & lately & of_frame])
        return found


def _key(window: Window, column: str) -> Ints:
    """Client and fact of each frame row as one number."""
    key: Ints = (window.all_of("client_id").astype(np.int64) << _ID_BITS) + window.all_of(column)
    return key


def decisions(panel: Panel) -> Decisions:
    """The decisions known on the panel's day. A client's first placement is the admission's and answers nothing."""
    window = panel.window("placements", None)
    first, last = window.first(), window.last()
    on = window.at("day", last, NO_DAY)
    decided = (last != NO_ROW) & (last != first) & (panel.as_of - on < TRIAL_DAYS)
    admitted: Array = panel.of_client("admitted")
    same = _as_now(panel, window)
    _, begins = window.trailing_run(same, np.ones(len(same), dtype=bool))
    return Decisions(
        panel=panel,
        on=np.where(decided, on, NO_DAY),
        level_since=np.where(begins == first, admitted, window.at("day", begins, NO_DAY)),
        next_level=window.at("next_level", last, NOT_ASKED),
    )


def _as_now(panel: Panel, window: Window) -> Bools:
    """The frame rows that name the level at which their client is now."""
    owner = np.searchsorted(panel.client_id, window.all_of("client_id"))
    level = panel.of_client("level")
    if not len(level):
        return np.zeros(len(owner), dtype=bool)
    same: Bools = window.all_of("level") == level[np.minimum(owner, len(level) - 1)]
    return same
