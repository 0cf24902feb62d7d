"""Functions whose answer is kept with what they were asked about."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Caching(Protocol):
    """Something frozen that keeps answers about itself."""

    @property
    def cache(self) -> dict[Hashable, Any]: ...


Asked = TypeVar("Asked", bound=Caching)
P = ParamSpec("P")
T = TypeVar("T")


def cached(compute: Callable[Concatenate[Asked, P], T]) -> Callable[Concatenate[Asked, P], T]:
    """`compute` of a panel or a window, worked out once for each set of further arguments.

    Of a window it must be about all rows of its frame (`Window.all_of`): windows over one frame share what is kept.
    """

    def wrapper(asked: Asked, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (compute, args, *kwargs.items())
        cache = asked.cache
        if key not in cache:
            cache[key] = compute(asked, *args, **kwargs)
        found: T = cache[key]
        return found

    update_wrapper(wrapper, compute)
    return wrapper
