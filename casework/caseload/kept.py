"""What the services of this package keep: finished results, for one user, and as long as nothing of it has changed.

Kept are, by the user with their rights, the day and all that was asked, the typed results that pages show, and, for the
pages that follow, what was read and worked out for them. `db.data_versions` says when something has changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Final, TypeVar, cast

from sqlalchemy.orm import Session

from casework.users import User
from db.data_versions import version_read
from db.session import kept_by

_WORKINGS: Final = "tideline_workings"

Service = TypeVar("Service", bound=Callable[..., Any])
"""A function of a session, a user and more."""
T = TypeVar("T")


def keeps(service: Service) -> Service:
    """`service`, whose result is kept for the user and the further arguments. At most one SELECT a session when it is.

    It may rest on nothing but what `db.data_versions` counts for the user: the clinic, the team's lists and sessions,
    and the facts of their own caseload. Nobody may change a result in place. A session that writes keeps nothing.
    """

    def wrapper(session: Session, user: User, *args: Any, **kwargs: Any) -> Any:
        kept = kept_by(session)
        if kept is None:
            return service(session, user, *args, **kwargs)
        place = (service, user, args, *sorted(kwargs.items()))
        version = version_read(session, user)
        return kept.results.get(place, version, lambda: service(session, user, *args, **kwargs))

    return cast(Service, update_wrapper(wrapper, service))


def working(
    session: Session,
    user: User,
    today: dt.date,
    what: tuple[Hashable, ...],
    compute: Callable[[], T],
    *,
    size: Callable[[T], int] | None = None,
    whole_clinic: bool = False,
) -> T:
    """`compute()`, once for all results of a session, and kept for later ones where there is room for it.

    `what` names it and holds all that it was worked out from but the data. `whole_clinic`: it rests on clients whom the
    user does not see. `size` of it in bytes: as `size_of` estimates it unless given.
    """
    kept = kept_by(session)
    if kept is None:
        return compute()
    version = version_read(session, user, whole_clinic=whole_clinic)
    place = (user, today, *what)
    here: dict[Hashable, Any] = session.info.setdefault(_WORKINGS, {})
    if place not in here:
        here[place] = kept.workings.get(place, version, compute, size)
    found: T = here[place]
    return found
