"""Tables of files as they were given, and where in them something stands that cannot be used.

Rows are counted as a spreadsheet shows them: the head of a table is row 1.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from pandas.errors import ParserWarning

from casework.errors import FileRefused

LARGEST: Final = 2**53
"""Whole numbers up to here are read as what was written."""
_HEAD: Final = 1


def read_csv(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """All columns of a CSV file as text, indexed 0..; FileRefused when it cannot be read or lacks one of `columns`."""
    try:
        with warnings.catch_warnings(action="error", category=ParserWarning):  # a row longer than the head
            found = pd.read_csv(file, dtype=str, keep_default_na=False, index_col=False)
    except (ValueError, OSError, ParserWarning) as error:
        raise FileRefused(file.name, _unreadable("CSV", error)) from error
    require_columns(file, found, columns)
    return found


def read_parquet(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """A Parquet file, indexed 0..; FileRefused when it cannot be read or lacks one of `columns`."""
    try:
        found = pd.read_parquet(file)
    except (ValueError, OSError) as error:
        raise FileRefused(file.name, _unreadable("Parquet", error)) from error
    require_columns(file, found, columns)
    return found.reset_index(drop=True)


def require_columns(file: Path, data: pd.DataFrame, columns: Sequence[str]) -> None:
    """FileRefused when a column is missing."""
    missing = [column for column in columns if column not in data.columns]
    if missing:
        raise FileRefused(file.name, f"it lacks the columns {', '.join(missing)}.")


def refuse_where(
    file: Path, wrong: pd.Series, said: str, *, column: str | None = None, named: pd.Series | None = None
) -> None:
    """FileRefused with the first row that is `wrong`, if one is. `named`: the sentence begins with that row's value."""
    if wrong.any():
        first = int(wrong.index[wrong.to_numpy(dtype=bool)].min())
        sentence = said if named is None else f"{named.loc[first]} {said}"
        raise FileRefused(file.name, sentence, column=column, row=first + _HEAD + 1)


def numbers(file: Path, data: pd.DataFrame, column: str) -> pd.Series:
    """A column as finite numbers; FileRefused with the first row that has none."""
    found = pd.to_numeric(data[column], errors="coerce").astype("float64")
    finite = pd.Series(np.isfinite(found.to_numpy()), index=found.index)
    refuse_where(file, ~finite, "a finite number should stand there.", column=column)
    return found


def whole_numbers(
    file: Path, data: pd.DataFrame, column: str, *, within: int = LARGEST, blank: bool = False
) -> pd.Series:
    """A column as whole numbers, 16.0 too; FileRefused with the first row that has none or one further from 0 than
    `within`. `blank`: a value may be missing."""
    found = pd.to_numeric(data[column], errors="coerce").astype("Float64")
    missing = found.isna() | ~np.isfinite(found.astype("float64"))
    given = data[column].notna() if blank else True
    wrong = (missing & given) | (~missing & (found.fillna(0) % 1 != 0))
    refuse_where(file, wrong.astype(bool), "a whole number should stand there.", column=column)
    far = (found.abs() > within).fillna(False).astype(bool)
    refuse_where(file, far, f"the number should lie within {within:,}.", column=column)
    return found.astype("Int64" if blank else "int64")


def _unreadable(form: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file."
    return f"it cannot be read as {form}."
