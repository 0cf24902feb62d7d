"""When something that a test needs cannot be had: skipped with the reason, but a failure where CI must have it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

# `make test-long` sets it: faults, benchmarks and the whole trial data at full length.
LONG = os.environ.get("TIDELINE_LONG", "") not in ("", "0")


class Unavailable(Exception):
    """Something outside this project is missing; the message says what, and how to get it."""


def in_ci() -> bool:
    """True on the machine that decides whether a change may land."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test for `reason`; under CI fail it, because an unrun test proves nothing."""
    if in_ci():
        pytest.fail(f"{reason} (CI=true: this may not be skipped)", pytrace=False)
    pytest.skip(reason)
