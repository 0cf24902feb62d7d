"""The facts of the vignettes can be recorded by the real actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.caseload.worklist import worklist
from tests.support import vignettes
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.vignettes import Person

EVERYBODY = (vignettes.marcus, vignettes.luis, vignettes.renee, vignettes.aisha, vignettes.tom)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_facts_of_a_vignette_can_be_recorded(
    sqlite_database: Database, sqlite_clinic: SmallClinic, who: Callable[[Database, SmallClinic], Person]
) -> None:
    person = who(sqlite_database, sqlite_clinic)
    with sqlite_database.reading() as session:
        items = worklist(session, sqlite_clinic.alice, TODAY).items
    assert person.id in {item.client_id for item in items}
