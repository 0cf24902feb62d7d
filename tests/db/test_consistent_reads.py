"""What a page reads in one session is the state of one moment, whatever others save meanwhile."""

from __future__ import annotations

from sqlalchemy import func, select

from db.models import CheckIn
from tests.support.builders import check_in
from tests.support.clinic import SmallClinic
from tests.support.databases import Database


def test_all_that_one_reader_sees_is_the_state_of_one_moment(database: Database, clinic: SmallClinic) -> None:
    how_many = select(func.count()).select_from(CheckIn)
    with database.reading() as session:
        before = session.scalar(how_many)
        check_in(database, clinic.alice, clinic.ann)
        assert session.scalar(how_many) == before == 0
    with database.reading() as session:
        assert session.scalar(how_many) == 1
