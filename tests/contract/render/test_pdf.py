"""The PDF is opened again: words, language, tags, hostile names, the same bytes."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from tests.contract.render.made import made
from vatra.contract import PLAN_SECTIONS
from vatra.contract.charts import charts
from vatra.contract.render.outline import outline
from vatra.contract.render.pdf import page_data, page_images, pdf
from vatra.words import LANGUAGES, Language


def opened(document: dict[str, Any], lang: Language) -> PdfReader:
    return PdfReader(io.BytesIO(made(pdf, document, lang)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def elements(reader: PdfReader) -> list[Any]:
    """Elements of the structure tree: what a screen reader hears."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.slow
def test_it_is_tagged_named_and_in_its_language(sealed: dict[str, Any]) -> None:
    for lang, title in (("en", "Climate City Contract"), ("ro", "Contractul climatic al orașului")):
        reader = opened(sealed, lang)  # type: ignore[arg-type]
        root = reader.trailer["/Root"]
        assert root["/Lang"] == lang
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert reader.metadata is not None
        assert reader.metadata.title == f"Cluj-Napoca: {title}"
        assert reader.metadata.creation_date is None
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= {
            str(each["/S"]) for each in elements(reader)
        }


def test_every_picture_has_words_and_only_the_shipped_fonts_are_used(
    sealed: dict[str, Any],
) -> None:
    reader = opened(sealed, "ro")
    spoken = [str(each["/Alt"]) for each in elements(reader) if "/Alt" in each]
    assert [chart.alt for chart in charts(sealed, "ro")] == spoken
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts == {"Inter-Regular", "Inter-SemiBold"}


@pytest.mark.slow
def test_the_answer_comes_first_and_its_diacritics_are_right(sealed: dict[str, Any]) -> None:
    reader = opened(sealed, "ro")
    assert "Cuprins" in reader.pages[0].extract_text()
    second = flat(reader.pages[1].extract_text())
    assert (
        "Cluj-Napoca a emis 1.167.223 t CO₂ în 2021. "
        "Planul lasă 217.466 t CO₂ în 2030, 18,63 % din anul de bază." in second
    )
    assert "Ținta este atinsă: 81,37 % promis până în 2030" in second
    english = flat(opened(sealed, "en").pages[1].extract_text())
    assert (
        "Cluj-Napoca emitted 1,167,223 t CO₂ in 2021. "
        "The plan leaves 217,466 t CO₂ in 2030, 18.63% of the base year." in english
    )
    assert "the 12 t CO₂ above it are within the rounding" in english


def test_seal_factors_files_and_the_way_to_verify_are_in_it(sealed: dict[str, Any]) -> None:
    words = text_of(opened(sealed, "en"))
    squeezed = re.sub(r"\s+", "", words)
    assert sealed["seal"]["value"] in squeezed
    for file in sealed["versions"]["files"].values():
        assert file["sha256"] in squeezed
    assert "vatra verify contract.json" in words
    for label in ("A-1.1", "A-1.2", "A-1.3", "A-1.4"):
        assert words.count(label) == 2
    assert "A-2.3" in words and "B-2.2" in words
    assert "Signature" in words


@pytest.mark.slow
def test_same_bytes_twice(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        assert made(pdf, sealed, lang) == pdf(sealed, lang)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "<b>#set page(fill: red)",
        '*x* $y$ \\n _z_ `code` #read("/etc/passwd") @ref <label> // /*',
        "#panic()]}{[",
        "Iași\x00\x07 丁 🙂 \u202e",
        "W" * 400,
        "",
    ],
)
def test_a_hostile_name_comes_out_as_text(short: dict[str, Any], name: str) -> None:
    short["city"]["name"] = name
    short["city"]["source"] = name
    short["measures"][0]["name"] = {"en": name, "ro": name}
    short["factors"][0]["source"] = name
    reader = opened(short, "en")
    shown = re.sub(r"\s+", "", page_data(outline(short, "en"))["cover"]["city"])
    found = re.sub(r"[\s\u200b]+", "", text_of(reader))
    assert shown.replace("\u200b", "") in found
    if name.startswith("<b>"):
        assert "<b>#setpage(fill:red)" in found
        assert len(reader.pages) == len(opened(short, "ro").pages)


@pytest.mark.slow
def test_an_inventory_alone_and_no_measures_work(document: dict[str, Any]) -> None:
    document["measures"] = []
    for section in PLAN_SECTIONS:
        document[section] = None
    without = text_of(opened(document, "en"))
    assert "Module B" not in without and "A-2.3" in without
    document["plan"] = None
    words = flat(text_of(opened(document, "ro")))
    assert "Acest contract cuprinde doar inventarul" in words
    assert "A-2.3" not in words
    assert "A-1.4" in words


@pytest.mark.slow
def test_a_plan_that_misses_says_what_is_missing(document: dict[str, Any]) -> None:
    plan = document["plan"]
    plan |= {"target_met": False, "residual_rule_held": False}
    plan |= {"residual_mg": 300_000_000_000_000, "residual_ppm": 257_020}
    words = flat(text_of(opened(document, "en")))
    # 300,000 - 217,454 = 82,546
    assert (
        "Target not met: 81.37% promised by 2030, 74.30% planned; 82,546 t CO₂ are missing."
        in words
    )
    assert "Residual rule not kept: 25.70% of 2021 is left, the limit is 20%." in words


@pytest.mark.slow
def test_synthetic_data_are_marked_on_every_page(short: dict[str, Any]) -> None:
    short["city"]["synthetic"] = True
    for lang, mark in (("en", "SYNTHETIC DATA"), ("ro", "DATE SINTETICE")):
        reader = opened(short, lang)  # type: ignore[arg-type]
        assert all(mark in page.extract_text() for page in reader.pages)
    short["city"]["synthetic"] = False
    assert "SYNTHETIC" not in text_of(opened(short, "en"))


@pytest.mark.slow
def test_a_thousand_rows_of_findings_turn_the_page(short: dict[str, Any]) -> None:
    short["lint"] = [
        {
            "code": "linter.row-sum",
            "severity": "warning",
            "table": "energy",
            "message": {"en": f"Row {i} does not add up.", "ro": f"Rândul {i} nu se adună."},
            "arithmetic": {"en": "1 + 1 = 2", "ro": "1 + 1 = 2"},
            "repair": None,
        }
        for i in range(300)
    ]
    words = flat(text_of(opened(short, "ro")))
    assert "Rândul 299 nu se adună." in words
    # The heading of the table stands again on each of its pages.
    assert words.count("Reparație propusă") > 3


@pytest.mark.slow
def test_pages_can_be_looked_at(sealed: dict[str, Any]) -> None:
    images = page_images(sealed, "en", 20)
    assert len(images) == len(opened(sealed, "en").pages)
    assert all(image.startswith(b"\x89PNG") for image in images)
