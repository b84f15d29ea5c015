"""The tables that every format shares: their figures, their words, what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vatra.contract.charts.table import Column, RenderedTable, cell_text, scaled
from vatra.contract.render.tables import table, tables
from vatra.contract.render.tables.measures import in_code_order, printed_apart
from vatra.words import LANGUAGES, Language

CCC = {
    "v1-a-1.1",
    "v1-a-1.2",
    "v1-a-1.3",
    "v1-a-1.4",
    "v2-a-1.1",
    "v2-a-1.2",
    "v2-a-1.3",
    "v2-a-1.4",
}
PLAN = {"pathway", "a-2.3", "split-in-order", "split-symmetric", "target-activity"}


def named(id: str, document: dict[str, Any], lang: Language = "en") -> RenderedTable:
    found = table(id, document, lang)
    assert found is not None
    return found


def row_of(found: RenderedTable, first: str) -> dict[str, Any]:
    row = next(row for row in found.rows if row[0] == first)
    return {column.key: value for column, value in zip(found.columns, row, strict=True)}


def test_every_table_of_both_generations_is_there(sealed: dict[str, Any]) -> None:
    ids = [each.id for each in tables(sealed, "ro")]
    assert CCC | PLAN | {"summary", "b-2.2", "b-2.2-energy", "factors", "files", "methods"} <= set(
        ids
    )
    assert len(ids) == len(set(ids))


def test_one_label_of_two_generations_is_never_confused(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        titles = [each.title for each in tables(sealed, lang)]
        assert len(titles) == len(set(titles))
        for each in tables(sealed, lang):
            assert ("2022–23" in each.title) == (each.generation == "V1")
            assert ("2024" in each.title) == (each.generation == "V2")


def test_final_energy_adds_up_by_sector_and_scope(sealed: dict[str, Any]) -> None:
    found = named("v1-a-1.1", sealed)
    total = found.rows[-1]
    # 3,443,924 + 556,011 + 81,197 = 4,081,132
    assert total[2:] == (3_443_924, 556_011, 81_197, 4_081_132)
    parts = [row for i, row in enumerate(found.rows) if i not in found.totals]
    assert sum(row[-1] for row in parts) == 4_081_132  # type: ignore[misc]
    buildings = row_of(found, "Buildings")
    assert buildings["scope_3"] is None


def test_emissions_by_sector_are_the_printed_ones(sealed: dict[str, Any]) -> None:
    for id in ("v1-a-1.4", "v2-a-1.3"):
        found = named(id, sealed)
        assert row_of(found, "Buildings")["total"] == 641_750
        assert row_of(found, "Total")["total"] == 1_167_223
        assert "10,577\u00a0t" in found.note
    assert row_of(named("v2-a-1.3", sealed), "Land (AFOLU): sinks")["total"] is None


def test_the_gap_identity_holds_in_every_row(sealed: dict[str, Any]) -> None:
    found = named("a-2.3", sealed)
    for row in found.rows:
        cells = dict(zip((column.key for column in found.columns), row, strict=True))
        assert cells["baseline"] - cells["residual"] == pytest.approx(cells["reduction"])  # type: ignore[operator]
        assert cells["reduction"] - cells["existing"] == pytest.approx(cells["gap"])  # type: ignore[operator]
    total = row_of(found, "Total")
    assert (total["baseline"], total["residual"]) == (1_167_223, 217_466)
    assert total["reduction"] == 949_757
    # 382,962 grid + 246,895 background
    assert round(total["existing"]) == 629_857
    assert round(total["gap"]) == 319_900
    # The sum of all printed tonnes of the measures; 36,475 t of the gap have no measure.
    assert total["claimed"] == 283_425
    assert "Buildings 13,400\u00a0t; Transport 23,075\u00a0t" in found.note


def test_both_splits_add_up_to_the_cut(sealed: dict[str, Any]) -> None:
    for id in ("split-in-order", "split-symmetric"):
        found = named(id, sealed)
        assert [column.key for column in found.columns[1:4]] == ["grid", "background", "measures"]
        for row in found.rows:
            assert sum(row[1:4]) == pytest.approx(row[4])  # type: ignore[arg-type, type-var]
        assert row_of(found, "Total")["total"] == 949_757
    assert round(row_of(named("split-symmetric", sealed), "Total")["background"]) == -340_690


def test_measures_show_cost_recomputed_and_as_printed(sealed: dict[str, Any]) -> None:
    found = named("b-2.2", sealed)
    assert [row[0] for row in found.rows[:4]] == ["1.1", "1.2", "1.3", "2.1"]
    renovation = row_of(found, "5.1")
    # 180,000,000 EUR / 70,000 t = 2,571.43 EUR/t, printed 428
    assert (renovation["cost_per_t"], renovation["printed"]) == (2571.43, 428)
    place = [row[0] for row in found.rows].index("5.1")
    assert (place, 8) in found.marks
    assert row_of(found, "Total")["cost"] == 6_090_000_000
    assert row_of(found, "2.3")["claimed"] is None
    energy = row_of(named("b-2.2-energy", sealed), "1.3")
    assert (energy["implied"], energy["claimed"]) == (3899.91, 3000)


@pytest.mark.parametrize(
    ("printed", "cents", "apart"),
    [
        ("428", 257_143, True),
        ("2571", 257_143, False),
        ("2600", 257_143, True),
        ("7784", 778_021, False),
        (None, 1, False),
        ("5", None, False),
    ],
)
def test_a_printed_cost_is_apart_beyond_rounding(
    printed: str | None, cents: int | None, apart: bool
) -> None:
    assert printed_apart({"printed_eur_per_t": printed, "cents_per_t": cents}) is apart


def test_codes_are_ordered_as_people_count() -> None:
    measures = [{"code": code} for code in ("2.10", "x", "2.9", "1.1", "²")]
    assert [each["code"] for each in in_code_order(measures)] == ["1.1", "2.9", "2.10", "x", "²"]


def test_numbers_are_written_as_the_language_does(sealed: dict[str, Any]) -> None:
    english, romanian = (named("pathway", sealed, lang).texts(lang) for lang in LANGUAGES[::-1])
    assert english[0] == ["Buildings", "641,750", "267,401", "15,158", "626,592", "2.36"]
    assert romanian[0] == ["Clădiri", "641.750", "267.401", "15.158", "626.592", "2,36"]
    assert "−340.690" in named("split-symmetric", sealed, "ro").texts("ro")[-1]


def test_a_missing_value_never_reads_like_a_zero() -> None:
    column = Column("x", "X", "t", "number")
    assert cell_text(None, column, "en") == "–"
    assert cell_text(0, column, "en") == "0"
    assert cell_text(-0.3, column, "en") == "0"
    assert cell_text(0.25488, Column("x", "X", "", "number", None), "ro") == "0,25488"
    assert cell_text(3.6e-06, Column("x", "X", "", "number", None), "en") == "0.0000036"


def test_an_amount_is_whole_where_it_divides() -> None:
    assert scaled(641_750_000_000_000, 1_000_000_000) == 641_750
    assert isinstance(scaled(641_750_000_000_000, 1_000_000_000), int)
    assert scaled(-7_553_352_673_212, 1_000_000_000) == -7553.352673212
    assert scaled(None, 10) is None


def test_an_inventory_alone_has_its_tables(document: dict[str, Any]) -> None:
    document["plan"], document["measures"] = None, []
    ids = {each.id for each in tables(document, "ro")}
    assert ids >= CCC
    assert not ids & (PLAN | {"b-2.2", "b-2.2-energy"})


def test_findings_of_the_linter_are_said_in_the_readers_language(document: dict[str, Any]) -> None:
    document["lint"] = [
        {
            "code": "linter.cost-per-tonne",
            "severity": "error",
            "table": {"en": "Action outlines", "ro": "Fișe de acțiune"},
            "message": {"en": "Cost does not follow.", "ro": "Costul nu rezultă."},
            "arithmetic": {"en": "180 / 70 = 2,571", "ro": "180 / 70 = 2.571"},
            "repair": {"kind": "value", "text": {"en": "Write 2,571.", "ro": "Scrieți 2.571."}},
        },
        {
            "code": "sum",
            "severity": "odd",
            "table": "t",
            "message": "m",
            "arithmetic": "1 + 1",
            "repair": None,
        },
    ]
    rows = named("findings-lint", document, "ro").rows
    assert rows[0] == (
        "eroare",
        "cost-per-tonne",
        "Fișe de acțiune",
        "Costul nu rezultă.",
        "180 / 70 = 2.571",
        "Scrieți 2.571.",
    )
    assert rows[1] == ("odd", "sum", "t", "m", "1 + 1", None)


def test_the_same_tables_whatever_the_order_of_the_keys(sealed: dict[str, Any]) -> None:
    again = json.loads(json.dumps(sealed), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    for lang in LANGUAGES:
        assert tables(again, lang) == tables(sealed, lang)
        json.dumps([each.as_dict(lang) for each in tables(sealed, lang)])


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="table t: 1 rows do not have a value per column"):
        RenderedTable("t", "T", (Column("a", "A"),), (("x", "y"),))
