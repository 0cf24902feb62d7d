"""The smallest set of plausible new facts that would change a band or a recommended level of care.

Found by search, smallest set first, and verified by the rules themselves. It describes how the rules work: it is no
goal for a client, and no reason to enter anything that did not happen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import Final

from casework.frames import Facts, to_date
from casework.indicators import Assessment, Concern, assess
from casework.what_if import rows
from casework.what_if.catalogue import BETTER, WORSE, NewFact, News, Step
from casework.what_if.client import LONGEST_WEEKS, WEEK, WhatIfClient, client_of
from casework.what_if.goal import Goal, Reached, possible, reached_by, reaches
from casework.what_if.rows import Row
from casework.what_if.scenarios import Scenario, changed, copies

MOST_FACTS: Final = 3
"""A longer list would no longer be a small change, and nobody could keep it in mind."""
Rules = Callable[[Facts, dt.date], Assessment]
"""How facts are assessed: `assess`, with what the clinic has set."""
PUBLISHED: Final[Rules] = partial(assess, history_weeks=0)


@dataclass(frozen=True)
class WhatIfChange:
    """What leads where: the new facts (none when time alone does it), in how many weeks, and the day
    of the last of them."""

    what: tuple[NewFact, ...]
    weeks: int
    day: dt.date
    then: Reached


@dataclass(frozen=True)
class WhatIfAnswer:
    """What would change a band or a recommendation.

    `possible`: there is anything in that direction at all (nothing is below low risk, or below aftercare).
    `safety_open`: an open safety item comes first, and nothing was looked for. `by_time`: the first day on which the
    passing of time alone is enough. `found`: the smallest set of new facts that is enough before that day.
    `tolerance_until`: the last day of the flag for lowered tolerance, which no new fact clears.
    """

    goal: Goal
    now: Reached
    possible: bool = True
    safety_open: bool = False
    by_time: WhatIfChange | None = None
    found: WhatIfChange | None = None
    tolerance_until: dt.date | None = None


@dataclass(frozen=True)
class Candidate:
    """A set of steps, at most one of a kind, all of them done on `weeks` weeks from now."""

    steps: tuple[Step, ...]
    weeks: int


def what_would_change(
    assessment: Assessment, facts: Facts, client_id: int, goal: Goal, *, rules: Rules = PUBLISHED
) -> WhatIfAnswer:
    """The answer for one client of `facts` on the assessment's day. KeyError when the client is not among them.

    A set counts only when the same day without it is not there yet, so that what time does is not credited to it;
    what it leads to was computed by `rules` on the changed facts, for its own day.
    """
    return Search.of(assessment, facts, client_id, goal, rules).answer()


@dataclass(frozen=True)
class Search:
    """One question about one client, of whom the `facts` are."""

    facts: Facts
    client: WhatIfClient
    goal: Goal
    rules: Rules
    assessment: Assessment
    now: Reached

    @classmethod
    def of(cls, assessment: Assessment, facts: Facts, client_id: int, goal: Goal, rules: Rules) -> Search:
        """The question, with the client as of the assessment's day."""
        mine = facts.of_client(client_id)
        client = client_of(mine, assessment, client_id)
        [now] = reached_by(assessment, facts, [client_id], levels=goal.about_level)
        return cls(mine, client, goal, rules, assessment, now)

    def answer(self) -> WhatIfAnswer:
        """Time alone first, then the sets, the smallest first."""
        if self.assessment.level(self.client.id, "safety") is Concern.SERIOUS:
            return WhatIfAnswer(self.goal, self.now, safety_open=True)
        if not possible(self.goal, self.now):
            return WhatIfAnswer(self.goal, self.now, possible=False)
        steps = [kind.steps(self.client) for kind in (BETTER if self.goal.better else WORSE)]
        alone = [Candidate((), weeks) for weeks in range(1, LONGEST_WEEKS + 1)]
        single, *larger = ([*candidates(steps, many)] for many in range(1, MOST_FACTS + 1))
        then = self._screened([*alone, *single])  # most answers are among them: one call of the rules
        by_time = self._first_to_reach(alone, then)
        before = LONGEST_WEEKS if by_time is None else by_time.weeks - 1
        found = self._first_to_reach(within(single, before), then)
        rest = within([one for some in larger for one in some], before)
        if found is None and rest:
            found = self._first_to_reach(rest, self._screened(rest))
        return WhatIfAnswer(
            self.goal, self.now, by_time=by_time, found=found, tolerance_until=self._tolerance_until()
        )

    def _first_to_reach(
        self, some: Sequence[Candidate], then: Mapping[Candidate, Reached]
    ) -> WhatIfChange | None:
        """The first of the candidates that reaches the goal, verified by itself."""
        for candidate in some:
            if self._reached(then[candidate]):
                verified = self._verified(candidate)
                if self._reached(verified):
                    what = tuple(step.what for step in candidate.steps)
                    return WhatIfChange(what, candidate.weeks, self._day(candidate.weeks), verified)
        return None

    def _screened(self, some: Sequence[Candidate]) -> dict[Candidate, Reached]:
        """Where each candidate leads: one call of the rules for all of them."""
        facts = copies(self.facts, [Scenario(one.weeks, self._rows(one)) for one in some])
        assessment = self.rules(facts, self._day(0))
        then = reached_by(assessment, facts, range(len(some)), levels=self.goal.about_level)
        return dict(zip(some, then, strict=True))

    def _verified(self, candidate: Candidate) -> Reached:
        """Where the candidate leads, by the rules on the client's facts and the new ones."""
        facts = changed(self.facts, self.client.id, self._rows(candidate))
        assessment = self.rules(facts, self._day(candidate.weeks))
        [then] = reached_by(assessment, facts, [self.client.id], levels=self.goal.about_level)
        return then

    def _rows(self, candidate: Candidate) -> list[Row]:
        day = self.client.today + WEEK * candidate.weeks
        return happened(self.client, day, [step.news(day) for step in candidate.steps])

    def _day(self, weeks: int) -> dt.date:
        return to_date(self.client.today + WEEK * weeks)

    def _reached(self, then: Reached) -> bool:
        return reaches(self.goal, self.now, then)

    def _tolerance_until(self) -> dt.date | None:
        if self.assessment.level(self.client.id, "lowered_tolerance") is not Concern.MARKED:
            return None
        return to_date(int(self.assessment.extra(self.client.id, "lowered_tolerance", "until")))


def candidates(kinds: Sequence[tuple[Step, ...]], many: int) -> Iterator[Candidate]:
    """All sets that stand for `many` facts: by week, then those of fewer kinds, then in the order of the catalogue."""
    sized = []
    for kinds_in_it in range(1, min(many, len(kinds)) + 1):
        for some in combinations(kinds, kinds_in_it):
            sized += [steps for steps in product(*some) if sum(step.facts for step in steps) == many]
    for weeks in range(1, LONGEST_WEEKS + 1):
        for steps in sized:
            if max(step.weeks for step in steps) <= weeks:
                yield Candidate(steps, weeks)


def within(some: Sequence[Candidate], weeks: int) -> list[Candidate]:
    """Those that take at most so many weeks."""
    return [candidate for candidate in some if candidate.weeks <= weeks]


def happened(client: WhatIfClient, day: int, news: Sequence[News]) -> list[Row]:
    """All new rows of the client up to `day`: the news, and the doses of medication that goes on otherwise."""
    medicated = {one for one in client.steady if one <= day}
    for one in news:
        medicated = (medicated | one.medicated) - one.unmedicated
    doses = (
        [] if client.medication is None else [rows.dose(on, client.medication) for on in sorted(medicated)]
    )
    return [row for one in news for row in one.rows] + doses
