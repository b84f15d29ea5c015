"""Every notebook runs without Jupyter and says again what stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.notebooks import notebooks, outputs, read, written


def test_the_notebooks_are_here() -> None:
    assert [path.stem for path in notebooks()] == [
        "from-inventory-to-a-plan",
        "how-sure-are-we",
        "renovate-a-quarter",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_its_cells_say_again_what_they_said(path: Path) -> None:
    notebook = read(path)
    for number, (cell, found) in enumerate(outputs(notebook), 1):
        assert cell["execution_count"] == number
        assert figures(found) == figures(cell["outputs"]), "".join(cell["source"])
        for output in found:
            for picture in output.get("data", {}).get("image/svg+xml", [])[:1]:
                assert picture.startswith("<svg")


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_it_is_a_notebook_that_others_read(path: Path) -> None:
    notebook = read(path)
    assert path.read_text("utf-8") == written(notebook)
    assert notebook["nbformat"] == 4
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(names) == len(set(names))
    pictures = [
        output["data"]["image/svg+xml"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    assert pictures


def test_figures_of_cluj_are_the_published_ones() -> None:
    said = printed(notebooks()[0])
    assert "2021 1,167,223 t CO2" in said
    assert "the contract prints  217,466 t" in said
    assert "together     17,040 t" in said


@pytest.mark.parametrize("path", notebooks()[1:], ids=lambda path: path.stem)
def test_an_example_that_is_invented_says_so(path: Path) -> None:
    texts = "".join(
        line
        for cell in read(path)["cells"]
        if cell["cell_type"] == "markdown"
        for line in cell["source"]
    )
    assert "Synthetic data" in texts


def figures(listed: list[dict[str, Any]]) -> list[list[str]]:
    """What outputs say: printed lines, and the title of a picture, however it is drawn."""
    return [each.get("text") or each["data"]["text/plain"] for each in listed]


def printed(path: Path) -> str:
    """Everything that the cells of a notebook print."""
    return "".join(
        line
        for cell in read(path)["cells"]
        for output in cell.get("outputs", ())
        for line in output.get("text", ())
    )
