"""``python -m casework.validation score|crossvalidate|fit|report``: scores of a folder of trial data, their weights,
and how well they do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from casework.caseload.evidence_report import FILE
from casework.errors import ImportRefused, TidelineError
from casework.imports.ctn0094 import read_for_scores
from casework.validation.report import report
from casework.validation.report_page import page
from casework.validation.scores import FOLDS, fit, out_of_fold, shipped
from casework.validation.shipping import FITTED, written
from casework.validation.study import Study

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "validation.md"


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; 1 with one sentence when it cannot be done."""
    arguments = _arguments(given)
    command: Callable[[argparse.Namespace], None] = arguments.command
    try:
        command(arguments)
    except TidelineError as error:
        print(f"Tideline: {error}", file=sys.stderr)
        return 1
    return 0


def _score(given: argparse.Namespace) -> None:
    _write(shipped(Study.read(given.dir)), given.out)


def _crossvalidate(given: argparse.Namespace) -> None:
    study = Study.read(given.dir)
    if len(study.facts.clients) < FOLDS:
        raise ImportRefused(f"Fitting out of fold needs at least {FOLDS} people.")
    _write(out_of_fold(study), given.out)


def _write(scores: pd.DataFrame, file: Path) -> None:
    try:
        scores.to_csv(file, index=False, float_format="%.4f")
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
    found = report(read_for_scores(given.dir))
    for file, text in ((FILE, found.as_json()), (PAGE, page(found))):
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
    default = Path(os.environ.get("CTN0094_DIR") or ROOT.parent / "shared" / "ctn0094")
    for command in (score, crossvalidate, fitting, reporting):
        command.add_argument("--dir", type=Path, default=default, help="folder of the trial data")
    for command in (score, crossvalidate):
        command.add_argument("--out", type=Path, required=True, help="CSV file to write")
    return parser.parse_args(given)


if __name__ == "__main__":
    sys.exit(main())
