"""No table leaves its page, whatever is in it."""

from __future__ import annotations

from typing import Any

import pytest

from vatra.contract.charts.table import Column, RenderedTable
from vatra.contract.render.pdf import TEXT_WIDTH_PT
from vatra.contract.render.tables import tables
from vatra.contract.render.widths import READABLE_PT, breakable, fit, heading_groups
from vatra.words import LANGUAGES


def test_columns_fill_the_page_and_no_more(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        for each in tables(sealed, lang):
            fitted = fit(each, lang, TEXT_WIDTH_PT)
            assert sum(fitted.widths_pt) == pytest.approx(TEXT_WIDTH_PT, abs=0.2), each.id
            # Twelve columns of the gap table need smaller letters; all others stay readable.
            assert fitted.size_pt >= (6.5 if each.id == "a-2.3" else READABLE_PT), each.id


def test_too_many_columns_give_way_alike() -> None:
    columns = tuple(Column(f"c{i}", "Energy", "MWh", "number") for i in range(60))
    table = RenderedTable("t", "T", columns, (tuple([1_000_000] * 60),))
    assert sum(fit(table, "en", 480).widths_pt) == pytest.approx(480, abs=1)


def test_columns_of_one_title_have_it_once(sealed: dict[str, Any]) -> None:
    gap = next(each for each in tables(sealed, "en") if each.id == "a-2.3")
    groups = heading_groups(gap)
    assert [each.units for each in groups][:3] == [("",), ("t CO₂",), ("t CO₂", "%")]


def test_a_word_wider_than_a_column_may_be_broken() -> None:
    assert breakable("Renovation of apartments", 8) == "Renovation of apartments"
    broken = breakable("x" * 100, 8)
    assert broken.replace("\u200b", "") == "x" * 100
    assert max(len(part) for part in broken.split("\u200b")) == 12
