"""The locale of dates, numbers, plurals and lists: the one place that names it."""

from __future__ import annotations

from typing import Final

from babel import Locale

LOCALE: Final = Locale("en", "US")
LISTS: Final = Locale("en", "GB")
"""Lists are joined without a comma before "and", as in all texts of the project: "a, b and c"."""
