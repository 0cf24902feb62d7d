"""From the bytes of a file to lines of cells, with the line numbers that a text editor shows."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casework.errors import ImportRefused
from casework.imports.spreadsheets.cells import Column

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 10_000
MAX_CELL: Final = 120_000
"""Characters; a note of 50 kB, the most that can be stored, fits."""


@dataclass(frozen=True)
class TableLine:
    """One row: the line on which it begins, its filled cells by column, and what is wrong with its shape."""

    number: int
    cells: dict[str, str]
    problem: str | None = None


@dataclass(frozen=True)
class Table:
    """A file as read; `digest` is the SHA-256 of its bytes."""

    lines: tuple[TableLine, ...]
    digest: str


def read_table(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV file whose header names some of `columns`, all required ones among them.

    Raises ImportRefused for a file that cannot be read as such; what is wrong with single rows stands in the lines.
    """
    text = _decoded(data)
    rows = _rows(text)
    try:
        _, header = next(rows)
    except StopIteration:
        raise ImportRefused("The file is empty. Its first line names the columns.") from None
    names = _header(header, columns)
    lines = tuple(_line(number, cells, names) for number, cells in rows)
    if not lines:
        raise ImportRefused("The file has no rows under its header.")
    if len(lines) > MAX_ROWS:
        raise ImportRefused(f"The file has more than {MAX_ROWS:,} rows. Please divide it.")
    return Table(lines, hashlib.sha256(data).hexdigest())


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ImportRefused(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Please divide it.")
    if data.startswith(b"PK\x03\x04"):
        raise ImportRefused("This is a workbook. Save the sheet as “CSV UTF-8” and choose that file.")
    # Without a byte-order mark, UTF-16 still shows itself: every letter of the header has an empty byte beside it.
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data.split(b"\n", 1)[0]:
        raise ImportRefused("The file is UTF-16 text. Save the sheet as “CSV UTF-8” and choose that file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            f"The file is not UTF-8 text (line {line}). Save the sheet as “CSV UTF-8” and choose that file."
        ) from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the row's first line, cells) of every row that is not blank."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefused(_what_csv_says(str(error), begins)) from None
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _what_csv_says(said: str, line: int) -> str:
    if "field larger" in said:
        return f"A cell is too long (line {line})."
    return f"A quoted cell is not closed as it should be (line {line})."


def _header(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The header's names; ImportRefused unless it has each required column, and no column twice or unknown."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise ImportRefused("The cells have to be separated by commas. Save the sheet as “CSV UTF-8”.")
    known = {column.name for column in columns}
    wrong = [
        (said, found)
        for said, found in (
            ("lacks", [one.name for one in columns if one.required and one.name not in names]),
            (
                "has a column that is not known here:",
                [name or "(no name)" for name in names if name not in known],
            ),
            (
                "names a column twice:",
                sorted({name for name in names if names.count(name) > 1 and name in known}),
            ),
        )
        if found
    ]
    if wrong:
        told = "; it ".join(f"{said} {', '.join(_shown(name) for name in found)}" for said, found in wrong)
        raise ImportRefused(f"The header {told}.")
    return names


def _shown(name: str) -> str:
    """A header's name in a message: short, and only characters that can be shown."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:40])


def _line(number: int, cells: Sequence[str], names: Sequence[str]) -> TableLine:
    stripped = [cell.strip() for cell in cells]
    problem = None
    if any(stripped[len(names) :]):
        problem = f"This row has {len(cells)} cells, but the header has {len(names)}."
    elif len(cells) < len(names):
        problem = f"This row has only {len(cells)} cells, but the header has {len(names)}."
    filled = {name: cell for name, cell in zip(names, stripped, strict=False) if cell}
    return TableLine(number, filled, problem)
