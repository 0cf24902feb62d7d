"""The committed settings: each is one that the installed Streamlit knows, and the theme can be read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit import config

from tests.support.server import ROOT

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

# WCAG 2.2, success criterion 1.4.3.
READABLE = 4.5
# Streamlit draws captions and help texts at this part of the text color.
FADED = 0.6


def flattened(settings: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def test_every_setting_is_one_that_streamlit_knows() -> None:
    known = config.get_config_options()
    assert [key for key, _ in flattened(SETTINGS) if key not in known] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.enableAgentApi", False),
        ("server.fileWatcherType", "none"),
        ("runner.postScriptGC", False),
        ("client.toolbarMode", "minimal"),
        ("client.showErrorDetails", "none"),
        ("browser.gatherUsageStats", False),
    ],
)
def test_a_setting_that_safety_or_speed_rests_on_is_committed(key: str, value: object) -> None:
    assert dict(flattened(SETTINGS))[key] == value


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_of_the_theme_keeps_a_contrast_of_four_and_a_half_to_one(name: str) -> None:
    theme = SETTINGS["theme"][name]
    grounds = [theme[key] for key in ("backgroundColor", "secondaryBackgroundColor")]
    grounds += [theme["sidebar"][key] for key in ("backgroundColor", "secondaryBackgroundColor")]
    for ground in grounds:
        assert contrast(theme["textColor"], ground) >= READABLE
        assert contrast(mixed(theme["textColor"], ground, FADED), ground) >= READABLE
    page = theme["backgroundColor"]
    assert contrast(theme["linkColor"], page) >= READABLE
    assert contrast(theme["primaryColor"], page) >= READABLE, "tabs and chosen answers are written in it"
    assert contrast("#ffffff", theme["primaryColor"]) >= READABLE, "a primary button's text is white"


def channels(color: str) -> list[float]:
    return [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def mixed(color: str, ground: str, part: float) -> str:
    both = zip(channels(color), channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (part * one + (1 - part) * other)):02x}" for one, other in both)


def luminance(color: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(color)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
