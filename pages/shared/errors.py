"""Errors on their way to people: calm words on the page, and logs without personal data.

Two kinds reach a page. A `TidelineError` is meant for the user and is shown as plain text. Anything else is a bug: the
page says so with a reference, and the log holds that reference, the error's class and where it happened, but never the
message, which can carry a client's name.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit import config

from casework.errors import TidelineError

logger = logging.getLogger("tideline")

PROJECT: Final = Path(__file__).resolve().parents[2]
INNERMOST: Final = 2
MOST_OF_OURS: Final = 12


def show_error(error: TidelineError) -> None:
    """Show a message for the user. As plain text: it may quote what somebody typed."""
    st.error("This was not done.")
    st.text(str(error))


def on_script_error(error: Exception) -> bool:
    """What Streamlit does with any error of a page, a callback or a fragment. True: nothing else is shown."""
    if isinstance(error, TidelineError):
        show_error(error)
        return True
    reference = secrets.token_hex(3).upper()
    logger.error("Reference %s: %s", reference, without_personal_data(error))
    st.error(
        f"Something went wrong, and it is not your fault. Nothing was half saved. "
        f"If it happens again, tell whoever runs this server the reference **{reference}**."
    )
    return True


def without_personal_data(error: BaseException) -> str:
    """The error's class and where it happened, and the same of what caused it; no messages, no values."""
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 5:
        frames = _telling(traceback.extract_tb(current.__traceback__))
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        chain.append(
            f"{type(current).__module__}.{type(current).__qualname__} at {places or 'an unknown place'}"
        )
        current = current.__cause__ or current.__context__
    return "; caused by ".join(chain)


def _telling(frames: Sequence[traceback.FrameSummary]) -> list[traceback.FrameSummary]:
    """The frames of this project's own code, and the innermost two: between them a library's own can be dozens."""
    outer, innermost = frames[:-INNERMOST], frames[-INNERMOST:]
    return [*[frame for frame in outer if _is_ours(frame.filename)][-MOST_OF_OURS:], *innermost]


def _is_ours(filename: str) -> bool:
    file = Path(filename)
    return file.is_relative_to(PROJECT) and "site-packages" not in file.parts


def keep_personal_data_out_of_logs() -> None:
    """From now on every log record of this process names an exception's class instead of printing its message."""
    config.set_option("logger.enableRich", False)  # it prints exceptions past the logging system
    standard = logging.getLogRecordFactory()
    if getattr(standard, "without_personal_data", False):
        return

    def factory(
        name: str,
        level: int,
        path: str,
        line: int,
        msg: Any,
        args: Any,
        exc_info: Any,
        *rest: Any,
        **more: Any,
    ) -> logging.LogRecord:
        error = exc_info[1] if exc_info else None
        if error is not None:
            msg, args, exc_info = "Error: %s", (without_personal_data(error),), None
        return standard(name, level, path, line, msg, args, exc_info, *rest, **more)

    factory.without_personal_data = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(factory)
