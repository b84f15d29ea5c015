"""The page's colours are those of the drawn charts, each stated once in each place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vatra.contract.charts.palette import COLOURS, colour

SOURCES = Path(__file__).resolve().parents[2] / "frontend" / "src"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", (SOURCES / "tokens.css").read_text("utf-8")
    )
}
CHARTS = (SOURCES / "charts.css").read_text("utf-8")


@pytest.mark.parametrize("role", COLOURS["light"])
def test_a_role_has_the_palettes_colours(role: str) -> None:
    assert TOKENS[role] == (COLOURS["light"][role], COLOURS["dark"][role])
    assert f".v-{role} {{\n  fill: var(--{role});" in CHARTS
    assert f".vs-{role} {{\n  stroke: var(--{role});" in CHARTS
    words = f"light-dark({colour('on-' + role, 'light')}, {colour('on-' + role, 'dark')})"
    assert f".v-on-{role} {{\n  fill: {words};" in CHARTS
