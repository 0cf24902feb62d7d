"""One kind of fact: its columns, one value a row, by client and day."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from casework.frames import Facts
from casework.windows.arrays import Array


@dataclass(frozen=True, eq=False)
class Frame:
    """The frame `name` of the facts. `cache` keeps what was worked out of all its rows (see `cached`)."""

    facts: Facts
    name: str
    cache: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def column(self, name: str) -> Array:
        """One value a row."""
        return self.facts.column(self.name, name)

    @cached_property
    def late(self) -> bool:
        """Whether any row became known after its day; without one nobody needs to look."""
        return bool((self.column("known") > self.column("day")).any())
