"""The dashboard's own Streamlit components: found where Streamlit looks, and text stays text in them."""

from __future__ import annotations

import re
import tomllib

import pytest
from streamlit.components.v2.manifest_scanner import scan_component_manifests

from tests.support.server import ROOT

FOLDER = ROOT / "tideline_components"
PROJECT = tomllib.loads((FOLDER / "pyproject.toml").read_text(encoding="utf-8"))
NAMES = [one["name"] for one in PROJECT["tool"]["streamlit"]["component"]["components"]]
SCRIPTS = sorted((FOLDER / "assets").glob("*.js"))

MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|createContextualFragment|srcdoc"
)
CODE = re.compile(r"\beval\(|\bnew Function\(|\bimport\(|setTimeout\(\s*[\"'`]")
ELSEWHERE = re.compile(
    r"https?://|//[a-z0-9-]+\.[a-z]|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage"
)
SVG = '"http://www.w3.org/2000/svg"'
"""The name of the vocabulary of pictures, which is no address that anybody asks."""


def test_streamlit_finds_the_components_in_the_installed_distribution() -> None:
    (found,) = [one for one, _ in scan_component_manifests() if one.name == PROJECT["project"]["name"]]
    assert {one.name for one in found.components} == set(NAMES)


def test_each_component_has_a_script_of_its_name() -> None:
    assert {f"{name}.js" for name in NAMES} <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_no_markup_and_no_code_of_text_and_reaches_nobody_else(script) -> None:
    text = "\n".join(
        line for line in script.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("//")
    )
    text = text.replace(SVG, "")
    for forbidden in (MARKUP, CODE, ELSEWHERE):
        assert not forbidden.search(text), forbidden.search(text)
