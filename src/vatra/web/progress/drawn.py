"""Charts as pages show them, and as pictures that can be taken along."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.utils.safestring import mark_safe

from vatra.contract.charts import Chart
from vatra.contract.charts.typeface import font_folder
from vatra.web.cities.pictures import PHONE_WIDTH, Drawing

PNG_WIDTH = 960.0
_DOTS_AN_INCH = 144.0
_PAGE = '#set page(width: {width}pt, height: auto, margin: 0pt)\n#image("chart.svg", width: 100%)\n'


def drawing(chart: Chart | None) -> Drawing | None:
    """The drawings of a chart for desk and phone, if there is one.

    Unlike elsewhere the drawings of one page may be many, each of its own name.
    """
    if chart is None:
        return None
    wide, narrow = chart.svg("page"), chart.svg("page", PHONE_WIDTH)
    return Drawing(chart, mark_safe(wide), mark_safe(narrow))


def png(chart: Chart, mark: str = "") -> bytes:
    """A chart as PNG with its title, twice as fine as the page; the same bytes each time.

    ``mark`` is said in a line below it.
    """
    # The typesetter takes half a second to load, which no page should wait for.
    import typst

    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "chart.svg").write_text(chart.svg("light", PNG_WIDTH, mark=mark), "utf-8")
        compiler = typst.Compiler(  # type: ignore[misc]
            _PAGE.format(width=PNG_WIDTH / 2).encode(), root=root,
            font_paths=[str(font_folder())], ignore_system_fonts=True,
        )  # fmt: skip
        made = compiler.compile(format="png", ppi=_DOTS_AN_INCH * 2)
    if made is None:
        raise RuntimeError("typst gave no picture back")
    return made if isinstance(made, bytes) else made[0]
