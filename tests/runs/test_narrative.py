"""A contract's text: figures by their paths, resolved, sealed, and held against the data."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest

from vatra.contract import verify
from vatra.contract.narrative import Written
from vatra.runs.contract import Run, run
from vatra.runs.explain import explain
from vatra.runs.explain_plan import explain_plan
from vatra.runs.narrative import narrative_findings, narrative_of
from vatra.runs.narrative_claims import typed
from vatra.runs.narrative_figures import Figures, UnknownFigure
from vatra.tables import Finding

CLUJ = Path("examples/cluj")
EN = """\
## goal

We emitted {{ total.2021 }} in 2021 and cut {{ cut.2030 }} by 2030.

## costs

Measure 1.1 costs {{ measure.1.1.cost }}.
"""
RO = """\
## goal

Am emis {{ total.2021 }} în 2021 și reducem {{ cut.2030 }} până în 2030.

## costs

Măsura 1.1 costă {{ measure.1.1.cost }}.
"""


@pytest.fixture(scope="module")
def bare() -> Run:
    return run(CLUJ)


def told(folder: Path, ro: str = RO, en: str = EN, **more: str) -> Run:
    shutil.copytree(CLUJ, folder)
    (folder / "narrative.ro.md").write_text(ro, "utf-8")
    (folder / "narrative.en.md").write_text(en, "utf-8")
    for name, text in more.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return run(folder)


def findings(bare: Run, en: str) -> list[Finding]:
    narrative = narrative_of({"ro": RO, "en": en})
    return narrative_findings(narrative, Figures(bare.contract), ("ro", "en"))


@pytest.mark.slow
def test_a_figure_is_the_number_that_opens_on_the_pages(bare: Run) -> None:
    figures = Figures(bare.contract)
    explained = ("total.2021", "buildings.2021", "scope2.2021", "buildings.natural_gas.2021")
    for path in explained:
        assert figures.figure(path).value == explain(bare, path).total_mg
    plans = [each for each in figures.listed if each.startswith("plan.")]
    assert len(plans) > 20
    for path in plans:
        assert figures.figure(path).value == explain_plan(bare, path, "en").total_mg


def test_figures_are_written_as_each_language_writes_them(bare: Run) -> None:
    figures = Figures(bare.contract)
    said = {path: figures.figure(path) for path in ("total.2021", "cut.2030", "measure.1.1.cost")}
    # The path ends at 234,506 t of 1,167,223 t: 79.91 %.
    assert [each.words("en") for each in said.values()] == [
        "1,167,223\u00a0t\u00a0CO₂", "79.91%", "EUR\u00a0352\u00a0m"
    ]  # fmt: skip
    assert [each.words("ro") for each in said.values()] == [
        "1.167.223\u00a0t\u00a0CO₂", "79,91\u00a0%", "352\u00a0mil.\u00a0EUR"
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["totl.2021", "total", "", "cut.1990", "measure.9.9.cost", "ș"])
def test_a_name_of_nothing_is_unknown(bare: Run, path: str) -> None:
    with pytest.raises(UnknownFigure):
        Figures(bare.contract).figure(path)


@pytest.mark.slow
def test_the_seal_covers_text_and_figures(tmp_path: Path) -> None:
    made = told(tmp_path / "pack").contract
    goal = made["narrative"]["en"]["goal"]
    assert goal["text"].startswith("We emitted 1,167,223\u00a0t\u00a0CO₂ in 2021")
    assert [each["path"] for each in goal["figures"]] == ["cut.2030", "total.2021"]
    assert {"narrative.ro.md", "narrative.en.md"} <= made["versions"]["files"].keys()
    again = run(tmp_path / "pack").contract
    assert verify(made, again) == []
    altered = copy.deepcopy(made)
    altered["narrative"]["en"]["goal"]["figures"][1]["value"] = 1
    wrong = {each.path for each in verify(altered, again)}
    assert {"seal", "narrative", "narrative.en.goal.figures[1].value"} <= wrong


def test_a_pack_without_text_has_the_same_contract_as_before(bare: Run) -> None:
    assert not {"narrative", "participation", "commitments"} & bare.contract.keys()


@pytest.mark.parametrize(
    ("en", "code", "line"),
    [
        ("## goal\n\n{{ totl.2021 }}\n", "runs.narrative-figure", 3),
        ("## goal\n\nTotal emissions in 2021 were 1.31 Mt CO2.\n", "runs.narrative-says", 3),
        ("## goal\n\nNothing.\n", "runs.narrative-figures-differ", 0),
        ("## outlook\n\nx\n", "runs.narrative-one-language", 0),
        ("## goal\n\n<b>x</b>\n", "contract.narrative-markup-html", 3),
    ],
)
def test_what_does_not_hold_is_found(bare: Run, en: str, code: str, line: int) -> None:
    found = [each for each in findings(bare, en) if each.code == code]
    assert found
    if line:
        assert found[0].lines == (line,)
        assert found[0].file == "narrative.en.md"


def test_a_sentence_that_is_right_within_its_rounding_is_left_alone(bare: Run) -> None:
    text = EN.replace("We emitted", "Total emissions in 2021 were 1.17 Mt CO2. We emitted")
    assert findings(bare, text) == []


def test_typed_figures_are_offered_and_old_ones_known(bare: Run) -> None:
    figures = Figures(bare.contract)
    text = "A {{ total.2021 }}, 641,750 t from buildings in 2021, once 1,200,500 t, and 12 t."
    found = typed(Written("goal", text, 5), figures, "en", {"total.2021": [1_200_500 * 10**9]})
    assert [(each.text, each.paths[0], each.was) for each in found] == [
        ("641,750 t", "buildings.2021", ""),
        ("1,200,500 t", "total.2021", "total.2021"),
    ]
    assert text[found[0].start : found[0].end] == "641,750 t"


@pytest.mark.slow
def test_participation_and_commitments_are_sealed(tmp_path: Path) -> None:
    heard = "date,kind,organiser,participants,topic_ro\n2024-03-31,atelier,Primăria,45,Transport\n"
    heard += "2024-02-30,sondaj,Primăria,,Clădiri\n"
    promised = "code,who,what_ro,until_year,amount,unit\na,Apa,reduce pierderile,2032,12.5,%\n"
    made = told(tmp_path / "pack", participation=heard, commitments=promised)
    assert [each["participants_count"] for each in made.contract["participation"]] == [None, 45]
    assert made.contract["commitments"][0]["amount"] == "12.5"
    wrong = [each for each in made.findings if each.code == "runs.participation-date"]
    assert [each.lines for each in wrong] == [(3,)]


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(CLUJ, folder)
    (folder / "narrative.ro.md").write_bytes("## goal\n\nșapte".encode("utf-16"))
    with pytest.raises(Exception, match="UTF-8"):
        run(folder)


def test_sections_of_a_language_stand_alone() -> None:
    assert narrative_of({"ro": "## goal\n\nx\n"}).text("en", "goal") == ""
