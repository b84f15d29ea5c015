"""Run the notebooks without Jupyter and keep what their cells say.

``python scripts/notebooks.py`` runs every notebook and writes its outputs into it;
``tests/notebooks`` runs them again and compares.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
Cell = dict[str, Any]


def notebooks() -> list[Path]:
    """Every notebook, by name."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> dict[str, Any]:
    """A notebook as plain data."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def outputs(notebook: dict[str, Any]) -> Iterator[tuple[Cell, list[dict[str, Any]]]]:
    """Each code cell with what it gives, run in order in one scope, in the notebooks' folder."""
    scope: dict[str, Any] = {"__name__": "__main__"}
    before = Path.cwd()
    os.chdir(FOLDER)
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                yield cell, _run("".join(cell["source"]), scope)
    finally:
        os.chdir(before)


def _run(source: str, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell prints, and the picture or the text of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), scope)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        found.append({"output_type": "stream", "name": "stdout", "text": lines})
    if value is not None:
        found.append(_shown(value))
    return found


def _shown(value: Any) -> dict[str, Any]:
    """A picture as SVG beside its words, anything else as text."""
    if hasattr(value, "_repr_svg_"):
        data = {
            "image/svg+xml": value._repr_svg_().splitlines(keepends=True),
            "text/plain": [repr(value)],
        }
    else:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def written(notebook: dict[str, Any]) -> str:
    """A notebook as it is kept: numbered cells, sorted keys, a line end at the end."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Run all notebooks and write their outputs."""
    for path in notebooks():
        notebook = read(path)
        for number, (cell, found) in enumerate(outputs(notebook), 1):
            cell["execution_count"], cell["outputs"] = number, found
        path.write_text(written(notebook), "utf-8")


if __name__ == "__main__":
    main()
