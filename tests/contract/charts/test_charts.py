"""Every chart, in both languages, every look and two widths."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest

from vatra.contract import PLAN_SECTIONS
from vatra.contract.charts import chart, charts
from vatra.contract.charts.canvas import Look
from vatra.contract.charts.chart import Chart
from vatra.contract.charts.typeface import text_width
from vatra.words import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [
    "pathway",
    "sectors_scopes",
    "split_in_order",
    "split_symmetric",
    "fan",
    "wedges",
    "measures",
    "cash",
]
LOOKS: tuple[Look, ...] = ("light", "dark", "page")
WIDTHS = (720.0, 360.0)


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right, bottom and words of every text; the watermark is turned and left out."""
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        if text.get("transform"):
            continue
        size, words = float(text.attrib["font-size"]), text.text or ""
        width = text_width(words, size, int(text.get("font-weight", "400")))
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", ""), 0)
        found.append((left, y - size * 0.7, left + width, y + size * 0.05, words))
    return found


def all_svgs(document: dict[str, Any]) -> list[tuple[str, str, float]]:
    return [
        (f"{each.name}.{lang}.{look}.{width:.0f}", each.svg(look, width), width)
        for lang in LANGUAGES
        for each in charts(document, lang)
        for look in LOOKS
        for width in WIDTHS
    ]


def in_dots(document: dict[str, Any], lang: Language, name: str) -> Chart:
    found = chart(name, document, lang)
    assert found is not None
    return found


@pytest.mark.slow
def test_all_charts_in_order(sealed: dict[str, Any]) -> None:
    assert [each.name for each in charts(sealed, "en")] == NAMES


@pytest.mark.slow
def test_an_inventory_alone_has_the_sectors_alone(document: dict[str, Any]) -> None:
    document["plan"], document["measures"] = None, []
    for section in PLAN_SECTIONS:
        document[section] = None
    assert [each.name for each in charts(document, "ro")] == ["sectors_scopes"]
    assert chart("pathway", document, "ro") is None


def test_words_stay_inside_the_picture_and_off_each_other(sealed: dict[str, Any]) -> None:
    for name, svg, width in all_svgs(sealed):
        found = boxes(svg)
        outside = [box for box in found if box[0] < 0 or box[2] > width]
        assert outside == [], name
        overlaps = [
            (one[4], other[4])
            for one, other in combinations(found, 2)
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert overlaps == [], name


def test_a_hostile_name_is_text_and_stays_inside(document: dict[str, Any]) -> None:
    document["city"]["name"] = "<script>alert(1)</script> & \"x\" 'y' " + "Long " * 60
    document["measures"][0]["name"] = {"en": "</text><b>" + "W" * 300, "ro": "<!--" + "Ș" * 300}
    for name, svg, width in all_svgs(document):
        assert "<script" not in svg and "<b>" not in svg, name
        assert [box for box in boxes(svg) if box[2] > width] == [], name


def test_a_page_needs_no_exception_from_its_security_policy(sealed: dict[str, Any]) -> None:
    for name, svg, _ in all_svgs(sealed):
        elements = list(ET.fromstring(svg).iter())
        assert not any("style" in element.attrib for element in elements), name
        assert not any(element.tag in (f"{SVG}style", f"{SVG}script") for element in elements), name
        assert not any(element.get("id") for element in elements), name
        if ".page." in name:
            shapes = [e for e in elements if e.tag in (f"{SVG}rect", f"{SVG}text", f"{SVG}line")]
            assert all(e.get("class", "").startswith(("v-", "vs-")) for e in shapes), name


def test_a_chart_speaks_for_itself(sealed: dict[str, Any]) -> None:
    english, romanian = (in_dots(sealed, lang, "pathway") for lang in ("en", "ro"))
    assert english.title == (
        "Cluj-Napoca goes from 1,167,223\u00a0t\u00a0CO₂ in 2021"
        " to 217,466\u00a0t\u00a0CO₂ in 2030: 18.63% remains."
    )
    assert romanian.title.endswith("217.466\u00a0t\u00a0CO₂ în 2030: rămân 18,63\u00a0%.")
    for each in charts(sealed, "ro"):
        root = ET.fromstring(each.svg())
        assert root.findtext(f"{SVG}title") == each.title
        assert root.findtext(f"{SVG}desc") == each.alt
        assert root.get("role") == "img"


def test_the_data_are_the_documents_in_tonnes(sealed: dict[str, Any]) -> None:
    data = in_dots(sealed, "en", "pathway").data
    assert [s["code"] for s in data["series"]] == [
        "buildings",
        "transport",
        "waste",
        "industry",
        "land",
    ]
    assert data["series"][0]["values"] == [641_750, 267_401, 15_158]
    assert [line["code"] for line in data["lines"]] == ["target", "residual_limit"]
    # 1,167,223 t * 20 % = 233,444.6 t
    assert data["lines"][1]["value"] == 233_444.6
    json.dumps([each.data for each in charts(sealed, "ro")])


def test_sectors_and_scopes_add_up(sealed: dict[str, Any]) -> None:
    found = in_dots(sealed, "en", "sectors_scopes")
    summed = sum(v for s in found.data["series"] for v in s["values"] if v is not None)
    assert summed == 1_167_223
    waste = found.data["categories"].index({"code": "waste", "label": "Waste"})
    # Waste has nothing in scope 2: a missing value, not a zero.
    assert found.data["series"][1]["values"][waste] is None
    assert found.title.startswith("Buildings: the largest source, 641,750")


def test_both_splits_lead_from_the_base_to_the_residual(sealed: dict[str, Any]) -> None:
    for name in ("split_in_order", "split_symmetric"):
        series = in_dots(sealed, "en", name).data["series"][0]
        assert series["values"][0] == 1_167_223
        assert series["to"][3] == pytest.approx(217_466)
        assert series["from"][1:4] == series["to"][0:3]
    symmetric = in_dots(sealed, "en", "split_symmetric")
    assert "the background adds 340,690" in symmetric.title
    assert symmetric.data["series"][0]["roles"][2] == "increase"
    assert "+340,690" in symmetric.svg()


def test_a_measure_without_tonnes_is_marked_and_not_zero(sealed: dict[str, Any]) -> None:
    found = in_dots(sealed, "ro", "measures")
    assert [row[3] for row in found.rows[-3:]] == [None, None, None]
    assert found.svg().count("tone netipărite") == 3 + 3  # three bars, three times in the words
    claims = [row[3] for row in found.rows[:-3]]
    assert claims == sorted(claims, key=lambda claim: -float(claim or 0))
    assert sum(float(claim or 0) for claim in claims) == 283_425


def test_many_measures_are_drawn_as_the_largest_and_the_rest(document: dict[str, Any]) -> None:
    first = document["measures"][0]
    document["measures"] = [first | {"code": f"9.{i}", "claimed_mg": 10**9} for i in range(100)]
    svg = in_dots(document, "en", "measures").svg()
    assert "72 more measures: 72" in svg


def test_synthetic_data_are_marked_in_the_picture(document: dict[str, Any]) -> None:
    assert "SYNTHETIC" not in in_dots(document, "en", "pathway").svg()
    document["city"]["synthetic"] = True
    for look in LOOKS:
        assert all("SYNTHETIC DATA" in each.svg(look) for each in charts(document, "en"))
        assert all("DATE SINTETICE" in each.svg(look) for each in charts(document, "ro"))


def test_same_bytes_whatever_the_order_of_the_keys(sealed: dict[str, Any]) -> None:
    sorted_keys = json.loads(json.dumps(sealed, sort_keys=True))
    backwards = json.loads(json.dumps(sealed), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    assert all_svgs(sealed) == all_svgs(sorted_keys) == all_svgs(backwards)


def test_a_sink_stands_below_the_ground(document: dict[str, Any]) -> None:
    plan = document["plan"]
    plan["after_mg"]["land"] = -5_000_000_000_000
    plan["residual_mg"] = sum(plan["after_mg"].values())
    svg = in_dots(document, "en", "pathway").svg()
    heights = [float(r.attrib["height"]) for r in ET.fromstring(svg).iter(f"{SVG}rect")]
    assert min(heights) >= 0
    assert "210,298" in svg  # 217,466 - 2,168 - 5,000


def test_a_city_of_all_gases_counts_in_co2e(document: dict[str, Any]) -> None:
    document["city"]["gases"] = ["CO2", "CH4", "N2O"]
    assert "CO₂e" in in_dots(document, "en", "pathway").title
