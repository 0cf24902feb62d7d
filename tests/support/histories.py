"""Random histories of a client for property tests: rows of every frame, some of which became known late."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from casework.frames import Facts
from casework.vocabulary import MEDICATIONS, STAGE_SIGNS, WARNING_SIGNS, AbsenceCause, ids
from tests.support import facts as build
from tests.support.facts import Row, facts

ALICE, BOB = 1, 2
TIMES = 20 if os.environ.get("TIDELINE_LONG") == "1" else 1
DAYS = st.integers(-120, 0)
LATE = st.one_of(st.just(0), st.integers(0, 20))
History = dict[str, list[Row]]


def examples(number: int) -> settings:
    return settings(max_examples=number * TIMES, deadline=None)


def some_of(entries: Any) -> st.SearchStrategy[str | None]:
    chosen = st.lists(st.sampled_from(ids(entries)), max_size=4, unique=True).map(" ".join)
    return st.one_of(st.none(), chosen)


@st.composite
def check_ins(draw: st.DrawFn, client_id: int = ALICE) -> Row:
    day = draw(DAYS)
    return build.check_in(
        day,
        client_id,
        signs=draw(some_of(WARNING_SIGNS)),
        halt=draw(st.sampled_from([None, "", "angry tired hungry"])),
        stages=draw(some_of(STAGE_SIGNS)),
        protective=draw(st.sampled_from([None, "", "meetings"])),
        craving=draw(st.one_of(st.just(np.nan), st.integers(0, 10))),
        use=draw(st.sampled_from([None, "none", "slip", "regular"])),
        withdrawal=draw(st.integers(-1, 3)),
        taken=draw(st.sampled_from([None, (7, 7), (2, 7), (0, 7)])),
        contact=draw(st.booleans()),
        known=day + draw(LATE),
    )


@st.composite
def histories(draw: st.DrawFn, client_id: int = ALICE) -> History:
    """Rows of every frame for one client; some of them became known late."""

    def rows(one: st.SearchStrategy[Row], most: int = 12) -> list[Row]:
        return draw(st.lists(one, max_size=most))

    marks = st.sampled_from(["attended", "late", "excused", "no_show", "cancelled_by_clinic"])
    statuses = st.sampled_from(["due", "collected", "missed", "excused"])
    found = st.sampled_from(["", "fentanyl", "methadone", "cocaine buprenorphine"])
    medication = st.sampled_from(ids(MEDICATIONS))

    def dated(day: int, late: int) -> dict[str, Any]:
        return {"client_id": client_id, "known": day + late}

    return {
        "check_ins": rows(check_ins(client_id)),
        "attendance": rows(
            st.builds(lambda day, late, m: build.mark(day, m, **dated(day, late)), DAYS, LATE, marks)
        ),
        "screens": rows(
            st.builds(
                lambda day, late, status, f: build.screen(
                    day, f if status == "collected" else "", status=status, **dated(day, late)
                ),
                DAYS,
                LATE,
                statuses,
                found,
            ),
            6,
        ),
        "prescriptions": rows(
            st.builds(
                lambda day, length, m: build.prescription(
                    day, None if length > 90 else day + length, m, **dated(day, 0)
                ),
                DAYS,
                st.integers(1, 120),
                medication,
            ),
            2,
        ),
        "doses": rows(
            st.builds(
                lambda day, late, covers: build.dose(day, covers, **dated(day, late)),
                DAYS,
                LATE,
                st.sampled_from([1, 1, 7, 28, 31]),
            )
        ),
        "calls": rows(st.builds(lambda day, r: build.call(day, r, **dated(day, 0)), DAYS, st.booleans()), 4),
        "absences": rows(
            st.builds(
                lambda day, n, cause, given: build.away(
                    day, day + n, cause, medicated=given, **dated(day, 0)
                ),
                DAYS,
                st.integers(0, 60),
                st.sampled_from([one.value for one in AbsenceCause]),
                st.integers(-1, 1),
            ),
            2,
        ),
        "safety_items": rows(
            st.builds(
                lambda day, n: build.safety_item(day, None if n > 20 else day + n, **dated(day, 0)),
                DAYS,
                st.integers(0, 40),
            ),
            2,
        ),
    }


def of(*given_histories: History, clients: list[Row] | None = None) -> Facts:
    together: History = {}
    for history in given_histories:
        for name, rows in history.items():
            together.setdefault(name, []).extend(rows)
    return facts(clients=clients or [build.client(ALICE)], **together)


def random_facts(clients: int, seed: int = 3) -> Facts:
    """Facts of so many different clients at once: steady ones, ones who use, ones who stay away, and all between."""
    draw = np.random.default_rng(seed)
    rows: dict[str, list[Row]] = {"clients": [], "check_ins": [], "attendance": [], "screens": []}
    rows |= {"prescriptions": [], "doses": [], "calls": [], "safety_items": []}
    for number in range(1, clients + 1):
        admitted = int(draw.choice([-10, -25, -50, -182]))
        rows["clients"].append(build.client(number, admitted=admitted))
        comes, uses, asks = draw.random(3)
        if draw.random() < 0.7:
            medication = str(draw.choice(["methadone", "buprenorphine", "naltrexone_xr"]))
            rows["prescriptions"].append(build.prescription(admitted, None, medication, number))
            taken = draw.choice([0.5, 0.9, 1.0])
            doses = [day for day in range(max(admitted, -60), 1) if draw.random() < taken]
            gone = int(draw.choice([0, 0, 5, 12, 20]))
            rows["doses"] += [build.dose(day, 1, medication, number) for day in doses if day <= -gone]
        for day in range(max(admitted, -98), 1, 7):
            came = draw.random() < comes
            rows["attendance"].append(build.mark(day, "attended" if came else "no_show", number))
            if draw.random() < 0.6:
                found = str(draw.choice(["heroin", "cocaine fentanyl"])) if draw.random() < uses else ""
                status = "collected" if came else "missed"
                rows["screens"].append(build.screen(day, found if came else "", number, status=status))
            if came and draw.random() < asks:
                rows["check_ins"].append(_answers(draw, day, number, uses))
        if draw.random() < 0.05:
            rows["safety_items"].append(build.safety_item(-3, None, "overdose", number))
    return facts(**rows)


def _answers(draw: np.random.Generator, day: int, client_id: int, hard: float) -> Row:
    def some(entries: Any, most: int) -> str:
        return " ".join(draw.permutation(ids(entries))[: int(draw.integers(0, most + 1) * hard)])

    return build.check_in(
        day,
        client_id,
        signs=some(WARNING_SIGNS, 10),
        halt=str(draw.choice(["", "angry tired hungry"])),
        stages=some(STAGE_SIGNS, 4),
        craving=int(draw.integers(0, 11)),
        use="none" if draw.random() > hard else str(draw.choice(["slip", "regular"])),
        withdrawal=int(draw.integers(0, 4)),
    )
