"""Written reports: a Jinja2 template of prose and tables, filled with figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casework.wording import percent

TEMPLATES = Path(__file__).parent / "templates"


def written(template: str, **figures: Any) -> str:
    """The page that `templates/<template>` makes of the figures, as Markdown. A figure that is missing is an error."""
    return _templates.get_template(template).render(figures)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_templates = Environment(  # noqa: S701 - Markdown of our own figures, no HTML
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["table"] = table
_templates.filters |= {
    "thousands": lambda value: f"{value:,}",
    "short": lambda value: f"{value:g}",
    "percent": percent,
}
