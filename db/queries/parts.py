"""Long lists in parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any, Final, TypeVar

AT_ONCE: Final = 500
Value = TypeVar("Value")


def in_parts(values: Collection[Value]) -> Iterator[list[Value]]:
    """Lists short enough for one IN."""
    rest: Any = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part
