"""A chart as PNG, for formats that take no SVG: the same pixels on every machine."""

from __future__ import annotations

import tempfile

import typst

from vatra.contract.charts import Chart
from vatra.contract.charts.typeface import font_folder

DOTS_PER_INCH = 200
_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.at("svg")), format: "svg")\n'
)


def png(chart: Chart, width: float) -> bytes:
    """The chart without its title on a white ground, ``width`` in pixels of the SVG."""
    svg = chart.svg("light", width, heading=False, ground=False)
    with tempfile.TemporaryDirectory() as root:
        compiler = typst.Compiler(  # type: ignore[misc]
            _PAGE.encode(), root=root, font_paths=[str(font_folder())], ignore_system_fonts=True
        )
        image = compiler.compile(format="png", ppi=DOTS_PER_INCH, sys_inputs={"svg": svg})
    if isinstance(image, list):
        image = image[0]
    if image is None:
        raise RuntimeError(f"typst gave no picture of chart {chart.name} back")
    return image
