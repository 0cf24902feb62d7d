"""The trial data CTN-0094 as a clinic: 1,323 real, de-identified people, kept by the day each thing was known.

Run it as ``python -m casework.imports.ctn0094 --dir FOLDER``. How each column is read stands in `docs/imports.md`.
"""

from casework.imports.ctn0094.facts import DAY_ZERO, study_day
from casework.imports.ctn0094.files import Trial, read_folder, read_for_scores
from casework.imports.ctn0094.load import ACCOUNTS, OPENS_WEEK, Loaded, load

__all__ = [
    "ACCOUNTS",
    "DAY_ZERO",
    "OPENS_WEEK",
    "Loaded",
    "Trial",
    "load",
    "read_folder",
    "read_for_scores",
    "study_day",
]
