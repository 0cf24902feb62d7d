"""``python -m casework.imports.ctn0094``: load the trial data into an empty database, and print what was loaded."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from pathlib import Path

from casework.errors import TidelineError
from casework.imports.ctn0094 import ACCOUNTS, OPENS_WEEK, load, read_folder
from db.session import migrate, open_database

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    """Read the folder, load it, print counts and accounts; 1 with one sentence when it cannot be done."""
    arguments = _arguments()
    began = time.monotonic()
    try:
        trial = read_folder(arguments.dir, part=arguments.part)
        migrate()
        database = open_database()
        try:
            loaded = load(database, trial, now=dt.datetime.now(dt.UTC), opens_week=arguments.week)
        finally:
            database.close()
    except TidelineError as error:
        print(f"Tideline: {error}", file=sys.stderr)
        return 1
    print(f"Loaded the trial data in {time.monotonic() - began:.0f} s:")
    for name, count in loaded.counts.items():
        print(f"  {name.replace('_', ' '):24}{count:>9,}")
    for kind, count in trial.never_known.items():
        print(f"  {kind + ' never known, left out':32}{count:>9,}")
    print("Accounts (of this study database only):")
    for username, password, role in ACCOUNTS:
        print(f"  {username:12} {password:20} {role}")
    return 0


def _arguments() -> argparse.Namespace:
    default = os.environ.get("CTN0094_DIR") or ROOT.parent / "shared" / "ctn0094"
    parser = argparse.ArgumentParser(prog="python -m casework.imports.ctn0094", description=__doc__)
    parser.add_argument(
        "--dir",
        type=Path,
        default=Path(default),
        help="folder with events_PART.parquet and people_PART.csv (default: $CTN0094_DIR, else ../shared/ctn0094)",
    )
    parser.add_argument("--part", default="dev", help="which part of the data (default: dev)")
    parser.add_argument(
        "--week", type=int, default=OPENS_WEEK, help="study week on which the dashboard opens"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
