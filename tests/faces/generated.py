"""Result rows and lines of any kind, for round trips."""

from __future__ import annotations

import polars as pl
from hypothesis import strategies as st

from vatra.faces import Report
from vatra.faces.face import GASES, LINES, RESULTS, as_declared, frame_of
from vatra.sources.city_yaml import City
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC, MIXTURE, SECTORS
from vatra.tables.vocabulary import GASES as SEVEN

# Texts as tables hold them: no control characters but the tab and the line break.
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\t\n"), max_size=12
) | st.sampled_from(["=1+1", "'=1+1", "''=x", "@sum", "-5", "+cmd|' /C calc'!A0", "a;b", '"q"'])
# Up to nine million tonnes a row, as milligrams.
MASSES = st.integers(-(2**53), 2**53)
CODES = [*categories(), ""]


def _row(draw: st.DrawFn) -> dict[str, object]:
    category = draw(st.sampled_from(CODES))
    sector = categories()[category].ccc_sector if category else draw(st.sampled_from(SECTORS))
    return {
        "year": draw(st.sampled_from([2019, 2021])),
        "category": category,
        "sector": sector,
        "scope": categories()[category].scope if category else draw(st.sampled_from([1, 2, 3])),
        "carrier": draw(st.sampled_from(["diesel", "electricity", "cattle", "wood", "=x"])),
        "item": draw(TEXTS),
        "gas": draw(st.sampled_from([*SEVEN, MIXTURE, BIOGENIC])),
        "species": draw(TEXTS),
        "activity": draw(
            st.floats(allow_nan=False, allow_infinity=False, width=64).filter(
                lambda each: abs(each) < 1e9
            )
        ),
        "activity_unit": draw(st.sampled_from(["MWh", "t", "head", "GJ"])),
        "factor_id": draw(TEXTS),
        "emission_mg": draw(MASSES),
        "co2e_mg": draw(MASSES),
        "quality_activity": draw(st.sampled_from(["H", "M", "L", ""])),
        "quality_factor": draw(st.sampled_from(["H", "M", "L", ""])),
        "doubt_percent": draw(st.none() | st.floats(0, 500)),
        "method": "stationary_energy",
        "table": draw(st.sampled_from(["energy", "livestock", "street_lighting"])),
        "file": draw(st.sampled_from(["energy.csv", "o foaie.xlsx"])),
        "evidence_id": "ab" * 32,
        "line": draw(st.integers(1, 2**31)),
    }


def _line(draw: st.DrawFn, code: str) -> dict[str, object]:
    masses = {f"{gas}_mg": draw(st.none() | MASSES) for gas in GASES}
    return {
        "year": 2021,
        "category": code,
        **masses,
        "mixture_mg": draw(st.none() | MASSES),
        "co2e_mg": draw(st.none() | MASSES),
        "biogenic_co2_mg": draw(st.none() | MASSES),
        "notation": draw(st.sampled_from([None, "NO", "NE", "IE", "C"])),
        "where": draw(st.sampled_from([None, "I.1.1"])),
        "explanation": draw(TEXTS) or None,
        "gas_notations": draw(st.sampled_from([None, "CH4 NE; NF3 NO"])),
        "quality_activity": draw(st.sampled_from([None, "H"])),
        "quality_factor": draw(st.sampled_from([None, "L"])),
        "method": draw(st.sampled_from([None, "landfill_fod"])),
    }


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report over up to eight result rows and one line per category drawn."""
    rows = [_row(draw) for _ in range(draw(st.integers(0, 8)))]
    codes = draw(st.lists(st.sampled_from(list(categories())), unique=True, max_size=5))
    city = City(
        name="Exemplu",
        code="exemplu",
        base_year=2021,
        target_year=2030,
        gwp_set="AR5",
        synthetic=draw(st.booleans()),
    )
    results: pl.DataFrame = frame_of(RESULTS, rows)
    lines = frame_of(LINES, [_line(draw, code) for code in codes])
    return Report(city, as_declared(results, RESULTS), lines, {}, {"CO2": 1.0, "CH4": 28.0})
