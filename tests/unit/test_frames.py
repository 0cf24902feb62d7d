"""Facts built from columns, and read back as arrays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from casework import frames
from casework.frames import COLUMNS, FACT, Facts
from tests.support.facts import call, check_in, client, facts, mark, screen

ROWS = {
    "clients": [client(), client(2)],
    "check_ins": [check_in(-9), check_in(-2, signs="isolating")],
    "attendance": [mark(-3)],
    "screens": [screen(-5)],
    "calls": [call(-1)],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_that_of_the_frame_however_the_facts_were_built(name: str) -> None:
    of_columns = facts(**ROWS)
    of_frames = replace(of_columns)
    for column, dtype in COLUMNS[name].items():
        expected = getattr(of_columns, name)[column].to_numpy()
        for built in (of_columns, of_frames):
            found = built.column(name, column)
            np.testing.assert_array_equal(found, expected)
            assert found.dtype == np.dtype(dtype)
            assert not found.flags.writeable


def test_other_frames_have_other_columns() -> None:
    before = facts(**ROWS)
    assert len(before.column("check_ins", "day")) == 2
    assert len(replace(before, check_ins=before.check_ins[:1]).column("check_ins", "day")) == 1


def test_what_is_not_given_is_empty_and_as_promised() -> None:
    nothing = frames.check(Facts.of({}))
    assert {len(nothing.column(name, "client_id")) for name in COLUMNS} == {0}
    assert nothing.column("calls", "day").dtype == np.dtype(FACT["day"])
