"""Reading spreadsheets: the file, its header, its lines and its cells, without a database."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import ImportRefused, Refused
from casework.imports import spreadsheets
from casework.imports.spreadsheets import cells
from casework.imports.spreadsheets.cells import Column
from casework.imports.spreadsheets.table import MAX_BYTES, MAX_CELL, MAX_ROWS, read_table
from casework.vocabulary import SUBSTANCES, Mark

COLUMNS = (
    Column("record_number", "", cells.text, required=True),
    Column("name", "", cells.text, required=True),
    Column("note", "", cells.text),
)


def lines(text: str | bytes) -> list[tuple[int, dict[str, str]]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(line.number, line.cells) for line in read_table(data, COLUMNS).lines]


def test_null_007_and_o_brien_stay_what_they_are():
    assert lines('record_number,name\n007,Null\n1e5,"O\'Brien"\nNA,nan\n') == [
        (2, {"record_number": "007", "name": "Null"}),
        (3, {"record_number": "1e5", "name": "O'Brien"}),
        (4, {"record_number": "NA", "name": "nan"}),
    ]


def test_cells_that_look_like_formulas_stay_text():
    assert lines("record_number,name\n1,=1+1\n2,@SUM(A1)\n")[0] == (2, {"record_number": "1", "name": "=1+1"})


def test_line_numbers_are_those_of_the_file_whatever_is_quoted_or_blank():
    text = 'record_number,name,note\r\n1,Ann,"first\r\nsecond\r\n\r\nfourth"\r\n\r\n,,\r\n2,Ben,\r\n'
    assert [number for number, _ in lines(text)] == [2, 8]


def test_a_byte_order_mark_is_no_part_of_the_header():
    assert lines(b"\xef\xbb\xbfrecord_number,name\n1,Ann\n") == [(2, {"record_number": "1", "name": "Ann"})]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"record_number,name\n", "no rows"),
        ("record_number,name\n1,Ann\n".encode("utf-16"), "UTF-16"),
        ("record_number,name\n1,Ann\n".encode("utf-16-le"), "UTF-16"),
        ("record_number,name\n1,Ann\n".encode("utf-16-be"), "UTF-16"),
        ("record_number,name\n1,Zoë\n".encode("latin-1"), r"not UTF-8 text \(line 2\)"),
        (b"record_number,name\n1,\xed\xa0\x80\n", r"not UTF-8 text \(line 2\)"),  # a lone surrogate
        (b"PK\x03\x04whatever", "workbook"),
        (b"record_number;name\n1;Ann\n", "separated by commas"),
        (b"record_number\tname\n1\tAnn\n", "separated by commas"),
        (b"record_number\n1\n", "lacks name"),
        (b"record_number,name,name\n1,Ann,Ann\n", "twice: name"),
        (b"record_number,name,nickname\n1,Ann,A\n", "not known here: nickname"),
        (b"record_number,name,,note\n1,Ann,A,b\n", r"not known here: \(no name\)"),
        (b'record_number,name\n1,"Ann\n2,Ben\n', r"not closed as it should be \(line 2\)"),
        (b'record_number,name\n1,"A"nn\n', r"not closed as it should be \(line 2\)"),
        (b"record_number,name\n1," + b"x" * (MAX_CELL + 1), r"too long \(line 2\)"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"record_number,name\n" + b"1,A\n" * (MAX_ROWS + 1), "more than 10,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, message: str):
    with pytest.raises(ImportRefused, match=message):
        read_table(data, COLUMNS)


def test_a_row_of_another_length_is_a_problem_of_that_row():
    table = read_table(b"record_number,name\n1\n2,Ben,more\n3,Cy,,\n", COLUMNS)
    assert [bool(line.problem) for line in table.lines] == [True, True, False]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=3))
def test_any_text_of_one_row_comes_back_as_it_was(written):
    text = io.StringIO()
    csv.writer(text).writerows([[column.name for column in COLUMNS[: len(written)]], written])
    if not any(cell.strip() for cell in written):
        return
    ((number, found),) = lines(text.getvalue())
    assert number == 2
    assert [found.get(column.name, "") for column in COLUMNS[: len(written)]] == [
        cell.strip() for cell in written
    ]


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_reader(data: bytes):
    said = "read"
    try:
        read_table(b"record_number,name\n" + data, COLUMNS)
    except ImportRefused as refused:
        said = str(refused)
    assert said.isprintable()


@pytest.mark.parametrize(
    "cell",
    [
        "today",
        "2026-3-9",
        "03/09/2026",
        "2026-13-01",
        "2026-02-30",
        "20260309",
        "2026-W10-1",
        "٢٠٢٦-٠٣-٠٩",
        "2026-03-09T10:00",
    ],
)
def test_only_an_iso_date_is_a_date(cell: str):
    with pytest.raises(Refused):
        cells.date(cell)


def test_an_iso_date_is_that_day():
    assert cells.date("2026-03-09") == dt.date(2026, 3, 9)
    assert cells.time("09:30") == dt.time(9, 30)


@pytest.mark.parametrize("cell", ["9:30", "24:00", "09:30:00", "noon", "٠٩:٣٠"])
def test_only_hours_and_minutes_are_a_time(cell: str):
    with pytest.raises(Refused):
        cells.time(cell)


@pytest.mark.parametrize("cell", ["-1", "1.0", "1e3", " 5", "٥", "99999"])
def test_only_plain_digits_are_a_whole_number(cell: str):
    with pytest.raises(Refused):
        cells.whole(cell)


@pytest.mark.parametrize("cell", ["y", "Yes", "1", "true", "x"])
def test_only_yes_and_no_are_answers(cell: str):
    with pytest.raises(Refused):
        cells.yes_or_no(cell)


def test_words_off_the_list_are_refused_and_the_list_is_named():
    with pytest.raises(Refused, match="no_show"):
        cells.one_of(Mark)("absent")
    with pytest.raises(Refused, match="fentanyl"):
        cells.some_of(SUBSTANCES)("heroin;moonshine")
    assert cells.some_of(SUBSTANCES)("heroin; fentanyl") == {"heroin", "fentanyl"}
    assert cells.some_of(SUBSTANCES)("none") == frozenset()


@pytest.mark.parametrize("kind", spreadsheets.KINDS)
def test_a_template_has_every_column_once_and_no_rows(kind: str):
    header = spreadsheets.template(kind)
    names = header.decode("utf-8-sig").strip().split(",")
    assert names == [column.name for column in spreadsheets.kind_of(kind).columns]
    assert len(set(names)) == len(names)
    with pytest.raises(ImportRefused, match="no rows"):
        read_table(header, spreadsheets.kind_of(kind).columns)


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ImportRefused):
        spreadsheets.template("passwords")
