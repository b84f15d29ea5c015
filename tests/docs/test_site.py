"""The documentation builds without a warning and asks nothing of other hosts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from vatra.methods import methods

pytest.importorskip("mkdocs")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # Not --quiet: mkdocs then counts no warning, and strict would be an empty word.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(
        [*command, "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_methods_and_decisions_are_in_the_navigation(site: Path):
    home = (site / "index.html").read_text("utf-8")
    assert [name for name in methods() if f'href="methods/{name}.html"' not in home] == []
    decisions = [path.stem for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert [name for name in decisions if f'href="decisions/{name}.html"' not in home] == []


@pytest.mark.slow
def test_pages_load_nothing_from_elsewhere(site: Path):
    loaded = re.compile(
        r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(https?:)?//|"""
        r"""<link\b(?=[^>]*\brel=["']?(?:stylesheet|preconnect|icon))[^>]*\bhref=["']?(https?:)?//"""
    )
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    found = [page.name for page in pages if loaded.search(page.read_text("utf-8"))]
    assert found == []


def test_a_generated_section_arrives_on_its_page(site: Path):
    assert "ro_aib_production" in (site / "reference" / "factor-sets.html").read_text("utf-8")
    assert "--gwp-set" in (site / "reference" / "cli.html").read_text("utf-8")
    worked = (site / "methods" / "stationary_energy.html").read_text("utf-8")
    assert "56,266.5" in worked
