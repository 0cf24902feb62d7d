"""Errors on their way to people and into logs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages.shared import errors
from tests.support.patience import PATIENCE_SECONDS

NAME = "Ann Archer"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a logger of some library writes once personal data are kept out."""
    before, rich = logging.getLogRecordFactory(), config.get_option("logger.enableRich")
    errors.keep_personal_data_out_of_logs()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("some.library").addHandler(handler)
    yield written
    logging.getLogger("some.library").removeHandler(handler)
    logging.setLogRecordFactory(before)
    config.set_option("logger.enableRich", rich)


def test_a_logged_exception_names_its_class_and_place_but_not_its_message(log: io.StringIO):
    try:
        try:
            raise KeyError(NAME)
        except KeyError as cause:
            raise ValueError(f"no such client: {NAME}") from cause
    except ValueError:
        logging.getLogger("some.library").exception("Could not show %s", NAME)
    said = log.getvalue()
    assert NAME not in said
    assert "builtins.ValueError at" in said
    assert "caused by builtins.KeyError at" in said
    assert "test_page_errors.py:" in said


def test_the_place_of_a_bug_names_our_own_frames_however_deep_in_a_library_it_was(log: io.StringIO):
    codes: dict[str, Any] = {}
    library = compile(
        "def through(levels, then):\n    return through(levels - 1, then) if levels else then()",
        "/usr/lib/python3/site-packages/library.py",
        "exec",
    )
    exec(library, codes)
    try:
        codes["through"](40, lambda: codes["through"](40, lambda: int(NAME)))
    except ValueError:
        logging.getLogger("some.library").exception("Could not show %s", NAME)
    said = log.getvalue()
    assert NAME not in said
    assert "test_the_place_of_a_bug_names_our_own_frames" in said
    assert said.count("library.py:") == 1, "one of the innermost two"


def test_a_log_line_without_an_exception_stays_as_it_is(log: io.StringIO):
    logging.getLogger("some.library").warning("Listening on port %d", 8501)
    assert log.getvalue() == "Listening on port 8501\n"


def test_streamlits_own_printing_of_exceptions_is_off(log: io.StringIO):
    assert config.get_option("logger.enableRich") is False


def test_installing_it_twice_changes_nothing(log: io.StringIO):
    once = logging.getLogRecordFactory()
    errors.keep_personal_data_out_of_logs()
    assert logging.getLogRecordFactory() is once


def test_a_message_for_the_user_is_shown_as_the_text_it_is():
    def script() -> None:
        from casework.errors import Refused
        from pages.shared.errors import on_script_error

        assert on_script_error(Refused("No ![](https://evil.example/x.png) such *client*."))

    app = AppTest.from_function(script, default_timeout=PATIENCE_SECONDS).run()
    assert [text.value for text in app.text] == ["No ![](https://evil.example/x.png) such *client*."]
    assert [error.value for error in app.error] == ["This was not done."]
    assert not app.exception


def test_a_bug_shows_a_reference_that_the_log_has_too_and_nothing_of_the_client(
    caplog: pytest.LogCaptureFixture,
):
    def script() -> None:
        from pages.shared.errors import on_script_error

        assert on_script_error(ValueError("Ann Archer, 555-0100"))

    app = AppTest.from_function(script, default_timeout=PATIENCE_SECONDS).run()
    shown = app.error[0].value
    reference = shown.split("**")[1]
    logged = next(record.getMessage() for record in caplog.records if record.name == "tideline")
    assert f"Reference {reference}: builtins.ValueError at" in logged
    assert "Ann" not in shown + logged
