"""Run the simulation; write docs/baseline.json and docs/baseline.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casework.validation.baseline.measure import CLIENTS, SEED, measure
from casework.validation.baseline.page import page

DOCS = Path(__file__).resolve().parents[3] / "docs"


def main() -> int:
    """Write the figures and the page; print where they are, and the rates that the page states."""
    arguments = _arguments()
    figures = measure(arguments.clients, arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, text in (("baseline.json", figures.as_json()), ("baseline.md", page(figures))):
        (arguments.out / name).write_text(text, encoding="utf-8")
        print(f"Wrote {arguments.out / name}")
    print(
        f"Steady clients in half a year: warning {figures.warned.share:.1%}, alarm {figures.alarmed.share:.1%}"
    )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m casework.validation.baseline", description=__doc__)
    parser.add_argument("--out", type=Path, default=DOCS, help="folder to write to (default: docs)")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="made-up clients of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
