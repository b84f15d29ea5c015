"""The reference page says of every measure what its files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.docs_catalogue import fill
from vatra.plans.catalogue import STOCKS, catalogue, curves

PAGE = fill((Path(__file__).parents[3] / "docs" / "reference" / "catalogue.md").read_text("utf-8"))


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_measure_stands_on_its_page_with_its_sources(name: str):
    entry = catalogue()[name]
    section = PAGE.partition(f"{{ #{name} }}\n")[2].partition("\n### ")[0]
    assert entry.name_ro in section
    assert entry.about_en in section
    assert all(each.source in section for each in (entry, *entry.effects, *entry.co_benefits))
    assert all(f"(#{each.other})" in section for each in entry.relations)


def test_every_stock_and_curve_stands_on_its_page():
    assert [each for each in (*STOCKS, *curves()) if f"`{each}`" not in PAGE] == []


def test_a_section_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="nothing"):
        fill("<!-- catalogue: nothing -->")
