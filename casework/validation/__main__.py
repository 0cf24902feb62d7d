"""``python -m casework.validation score|crossvalidate|calls|fit|report``: scores of a folder of trial data, their
weights, the lists of calls that are made with them, and how well they do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from casework.caseload.calls_report import FILE as CALLS_FILE
from casework.caseload.evidence_report import FILE
from casework.errors import ImportRefused, TidelineError
from casework.imports.ctn0094 import read_for_scores
from casework.validation.calls import Caseloads, lists, read_scores
from casework.validation.calls_page import as_lines
from casework.validation.calls_report import calls_report
from casework.validation.measures import RESAMPLES
from casework.validation.reach import caseloads_of, read_caseloads
from casework.validation.report import report
from casework.validation.report_page import page
from casework.validation.scores import fit, out_of_fold, shipped
from casework.validation.shipping import FITTED, written
from casework.validation.study import Study

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "validation.md"


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; 2 with one sentence when what was given cannot be used."""
    arguments = _arguments(given)
    command: Callable[[argparse.Namespace], None] = arguments.command
    try:
        command(arguments)
    except TidelineError as error:
        print(f"Tideline: {error}", file=sys.stderr)
        return 2
    return 0


def _score(given: argparse.Namespace) -> None:
    _write(shipped(Study.read(given.dir)), given.out)


def _crossvalidate(given: argparse.Namespace) -> None:
    _write(out_of_fold(Study.read(given.dir)), given.out)


def _calls(given: argparse.Namespace) -> None:
    scores, study = read_scores(given.scores), Study.read(given.dir)
    caseloads = Caseloads.of(study.facts, read_caseloads(given.caseloads, study))
    _write(lists(caseloads, scores, given.calls), given.out)


def _write(rows: pd.DataFrame, file: Path) -> None:
    try:
        rows.to_csv(file, index=False, float_format="%.4f")
    except OSError as error:
        raise ImportRefused(
            f"{file} cannot be written: {error.strerror or 'there is no such folder'}."
        ) from error


def _fit(given: argparse.Namespace) -> None:
    study = Study.read(given.dir)
    found = fit(study, np.ones(len(study.panel), dtype=bool), interval=True)
    FITTED.write_text(written(study, found), encoding="utf-8")
    print(f"Wrote {FITTED.relative_to(ROOT)}.")


def _report(given: argparse.Namespace) -> None:
    trial = read_for_scores(given.dir)
    study = Study.of(trial)
    about_calls = calls_report(study, out_of_fold(study), caseloads_of(given.dir, study), resamples=RESAMPLES)
    print(as_lines(about_calls))
    found = report(trial)
    written_files = (
        (FILE, found.as_json()), (CALLS_FILE, about_calls.as_json()), (PAGE, page(found, about_calls)),
    )  # fmt: skip
    for file, text in written_files:
        file.write_text(text, encoding="utf-8")
        print(f"Wrote {file.relative_to(ROOT)}.")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m casework.validation", description=__doc__)
    commands = parser.add_subparsers(required=True)
    score = commands.add_parser("score", help="score a folder with the shipped weights")
    score.set_defaults(command=_score)
    crossvalidate = commands.add_parser(
        "crossvalidate", help="score a folder out of fold: every fit leaves out the people that it scores"
    )
    crossvalidate.set_defaults(command=_crossvalidate)
    fitting = commands.add_parser("fit", help="fit the weights anew and write them into the code")
    fitting.set_defaults(command=_fit)
    reporting = commands.add_parser(
        "report",
        help="measure the scores out of fold; write the figures of the Evidence page and docs/validation.md",
    )
    reporting.set_defaults(command=_report)
    calling = commands.add_parser("calls", help="make a list of calls for each caseload and week 3 to 12")
    calling.set_defaults(command=_calls)
    calling.add_argument(
        "--scores", type=Path, required=True, help="CSV file that score or crossvalidate wrote"
    )
    calling.add_argument(
        "--caseloads", type=Path, required=True, help="CSV file with the columns caseload and who"
    )
    calling.add_argument("--calls", type=_count, default=5, help="places a caseload and week")
    default = Path(os.environ.get("CTN0094_DIR") or ROOT.parent / "shared" / "ctn0094")
    for command in (score, crossvalidate, calling, fitting, reporting):
        command.add_argument("--dir", type=Path, default=default, help="folder of the trial data")
    for command in (score, crossvalidate, calling):
        command.add_argument("--out", type=Path, required=True, help="CSV file to write")
    return parser.parse_args(given)


def _count(given: str) -> int:
    """A whole number from 0 on."""
    if not given.isdecimal():
        raise argparse.ArgumentTypeError("a whole number from 0 on")
    return int(given)


if __name__ == "__main__":
    sys.exit(main())
