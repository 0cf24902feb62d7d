"""A clinic's own spreadsheets: CSV files of clients, check-ins, attendance and urine screens.

`preview` looks at a file, `run` imports it, all of its rows or none. `docs/imports.md` describes the files.
"""

from casework.imports.spreadsheets.importing import (
    KINDS,
    Imported,
    Preview,
    Problem,
    SpreadsheetKind,
    kind_of,
    preview,
    run,
    template,
)
from casework.imports.spreadsheets.table import MAX_BYTES

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "Imported",
    "Preview",
    "Problem",
    "SpreadsheetKind",
    "kind_of",
    "preview",
    "run",
    "template",
]
