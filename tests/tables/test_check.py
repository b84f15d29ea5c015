"""Every fault of a row, in the words people read."""

import polars as pl
import pytest

from vatra.tables import Context, check, tables
from vatra.tables.seen import SeenKeys

ENERGY = tables()["energy"]
PUBLISHED = tables()["published_emissions"]
COLUMNS = ["year", "sector", "carrier", "scope", "item", "amount", "unit", "source", "note"]
GOOD = ["2021", "buildings", "natural_gas", "1", None, "12.5", "MWh", "register", None]


def rows(*changes, table_columns=COLUMNS, good=GOOD):
    """Good rows on lines 2, 3, ..., each with its changes; told apart by their item."""
    listed = []
    for number, change in enumerate(changes, start=2):
        row = dict(zip(table_columns, good, strict=True)) | {"item": f"B{number}"} | change
        listed.append({**row, "line": number})
    schema = dict.fromkeys(table_columns, pl.String) | {"line": pl.UInt32}
    return pl.DataFrame(listed, schema=schema, orient="row")


def messages(raw, lang="en", table=ENERGY, **context):
    checked = check(table, raw, table.file_name, Context(**context))
    return [finding.message(lang) for finding in checked.findings]


def test_good_rows_become_watt_hours():
    checked = check(ENERGY, rows({}, {"amount": "3", "unit": "kwh"}), "energy.csv")
    assert checked.ok and checked.findings == []
    # 12.5 MWh = 12,500,000 Wh; 3 kWh = 3,000 Wh
    assert checked.rows["energy_wh"].to_list() == [12_500_000, 3_000]
    assert checked.rows.schema["year"] == pl.Int32
    assert checked.rows.columns == [
        "year", "sector", "carrier", "scope", "sub_sector", "locality", "item", "energy_wh", "unit",
        "quality", "doubt_percent", "source", "note", "line",
    ]  # fmt: skip


def test_labels_in_both_languages_become_codes():
    raw = rows({"sector": "Clădiri", "carrier": "Gaz metan"}, {"sector": "DEŞEURI"})
    checked = check(ENERGY, raw, "energy.csv")
    assert checked.rows["sector"].to_list() == ["buildings", "waste"]
    assert checked.rows["carrier"].to_list() == ["natural_gas", "natural_gas"]


def test_a_carrier_of_the_citys_own_is_kept():
    checked = check(ENERGY, rows({"carrier": "Biogaz local"}), "energy.csv")
    assert checked.rows["carrier"].to_list() == ["biogaz_local"]


def test_unknown_unit():
    raw = rows(*[{}] * 6, {"unit": "barrels"}, *[{}] * 22, {"unit": "barrels"})
    assert messages(raw) == [
        "Rows 8, 31: the unit 'barrels' is not known for energy. "
        "Use MWh, kWh, GWh, GJ, TJ, Gcal, toe."
    ]
    assert messages(raw, "ro") == [
        "Rândurile 8, 31: unitatea „barrels” nu este cunoscută pentru energie. "
        "Folosiți MWh, kWh, GWh, GJ, TJ, Gcal, toe."
    ]


def test_gas_in_cubic_metres_must_name_the_calorific_value():
    assert messages(rows({"unit": "m3"})) == [
        "Row 2: the unit 'm3' does not say which calorific value energy is counted with. "
        "Write m3 NCV (net) or m3 GCV (gross, as gas is billed), "
        "or give MWh, kWh, GWh, GJ, TJ, Gcal, toe."
    ]


def test_text_in_a_number():
    assert messages(rows({}, {"amount": "abc"})) == [
        "Row 3: 'abc' in 'amount' must be a number (read as 1234.56)."
    ]
    assert messages(rows({}, {"amount": "abc"}), "ro") == [
        "Rândul 3: „abc” din „amount” trebuie să fie un număr (citit ca 1234.56)."
    ]


def test_ambiguous_numbers():
    raw = rows({"amount": "313.956"}, {"amount": "196.704"})
    assert messages(raw) == [
        "Rows 2, 3: the numbers in 'amount' can be read in two ways: 313.956 is 313956 or 313.956. "
        "Write 'numbers: ro' (1.234,56), 'numbers: en' (1,234.56) or 'numbers: plain' (1234.56) "
        "in city.yaml."
    ]
    assert messages(raw, "ro") == [
        "Rândurile 2, 3: numerele din „amount” pot fi citite în două feluri: 313.956 este 313956 "
        "sau 313.956. Scrieți „numbers: ro” (1.234,56), „numbers: en” (1,234.56) sau "
        "„numbers: plain” (1234.56) în city.yaml."
    ]
    assert messages(raw, numbers="ro") == []
    assert messages(raw, numbers={"amount": "plain"}) == []


def test_doubled_rows():
    raw = rows({}, {"item": "A"}, {"item": "A"})
    assert messages(raw) == [
        "Rows 3, 4: the rows have the same year, sector, carrier, scope, item "
        "(2021, buildings, natural_gas, 1, A). Merge them, or tell them apart in 'item'."
    ]
    assert messages(raw, "ro") == [
        "Rândurile 3, 4: rândurile au aceleași year, sector, carrier, scope, item "
        "(2021, buildings, natural_gas, 1, A). Uniți-le sau deosebiți-le prin „item”."
    ]


def test_the_same_row_in_two_languages_is_a_double():
    raw = rows({"item": "A"}, {"item": "A", "sector": "Clădiri", "carrier": "gaze naturale"})
    assert len(messages(raw)) == 1


def test_doubles_without_an_item():
    assert len(messages(rows({"item": None}, {"item": None}))) == 1


def test_negative_activity():
    assert messages(rows({}, {"amount": "-3.5"})) == [
        "Row 3: 'amount' is negative. An activity cannot be below zero; "
        "put exports and reductions into their own tables."
    ]


def test_blank_where_a_number_is_needed_is_not_zero():
    raw = rows({}, {"amount": None}, {"amount": "   "}, {"amount": "0"})
    assert messages(raw) == [
        "Rows 3, 4: 'amount' is blank, and blank is not zero. "
        "Fill in the number, or write 0 to confirm a zero."
    ]
    assert messages(raw, "ro") == [
        "Rândurile 3, 4: „amount” este necompletat, iar necompletat nu înseamnă zero. "
        "Completați numărul sau scrieți 0 pentru a confirma un zero."
    ]
    assert check(ENERGY, raw, "energy.csv").rows["energy_wh"].to_list() == [12_500_000, 0]


def test_all_numbers_blank():
    assert len(messages(rows({"amount": None}, {"amount": None}))) == 1


def test_blank_text_where_one_is_needed():
    assert messages(rows({}, {"source": None})) == ["Row 3: 'source' is blank. Fill it in."]


def test_year_outside_the_pack():
    assert messages(rows({}, {"year": "2035"}), years=(2021, 2030)) == [
        "Row 3: the year 2035 is outside the pack (2021 to 2030). "
        "Correct it, or widen the years in city.yaml."
    ]


@pytest.mark.parametrize("year", ["21", "abcd", "2021-01-01", "20211", "2021,5"])
def test_what_is_no_year(year):
    assert messages(rows({"year": year})) == [
        f"Row 2: '{year}' is not a year. Write four digits, such as 2021."
    ]


def test_unknown_choice():
    assert messages(rows({"sector": "shipping"}, {"scope": "4"})) == [
        "Row 2: 'shipping' is not known for 'sector'. "
        "Use one of buildings, transport, waste, industry, land.",
        "Row 3: '4' is not known for 'scope'. Use one of 1, 2, 3.",
    ]


def test_missing_columns():
    raw = rows({}).drop("unit", "amount")
    assert messages(raw) == [
        "the columns amount, unit are missing in energy.csv. Add them; "
        "'vatra template' writes a file with all headings."
    ]


def test_no_rows():
    assert messages(rows()) == [
        "the file has no rows. Fill in at least one row below the headings."
    ]


def test_too_large_to_count():
    # 2**53 Wh = 9,007,199,254.740992 MWh
    assert messages(rows({"amount": "9007199255.5"}, {"amount": "9007199254.5"})) == [
        "Row 2: the number in 'amount' is too large to be counted exactly. Check the unit."
    ]


def test_many_lines_are_counted_not_listed():
    found = messages(rows(*[{"source": None}] * 25))
    assert found == [
        "Rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 15 more: 'source' is blank. Fill it in."
    ]


def test_many_wrong_values_are_summed_up():
    found = messages(rows(*[{"amount": f"x{number}"} for number in range(25)]))
    assert len(found) == 21
    assert found[-1].endswith("'amount' has 5 more values with the same fault.")


def test_all_faults_at_once_and_only_whole_rows_remain():
    raw = rows({}, {"unit": "barrels", "sector": "x"}, {"amount": "abc"}, {"year": "y"})
    checked = check(ENERGY, raw, "energy.csv")
    assert sorted(finding.code for finding in checked.findings) == [
        "tables.choice-unknown",
        "tables.number-wrong",
        "tables.unit-unknown",
        "tables.year-wrong",
    ]
    assert checked.rows["line"].to_list() == [2]
    assert not checked.ok


def test_an_emission_may_be_negative():
    columns = [*(column.name for column in PUBLISHED.columns), "item"]
    good = ["2021", "base", "land", "1", "-5", "kt", "contract", None, None]
    raw = rows({}, table_columns=columns, good=good)
    checked = check(PUBLISHED, raw, "published_emissions.csv")
    # -5 kt = -5,000 t = -5e12 mg
    assert checked.rows["emission_mg"].to_list() == [-5_000_000_000_000]


def test_fuel_units_are_looked_up_by_carrier():
    def fuel_size(carrier, unit):
        return 0.01 if (carrier, unit) == ("diesel", "l") else None

    raw = rows({"carrier": "diesel", "unit": "L"}, {"carrier": "wood", "unit": "l"})
    checked = check(ENERGY, raw, "energy.csv", Context(fuel_size=fuel_size))
    # 12.5 l x 0.01 MWh/l = 0.125 MWh
    assert checked.rows["energy_wh"].to_list() == [125_000]
    assert [finding.message("en") for finding in checked.findings] == [
        "Row 3: the unit 'l' needs a calorific value of 'wood', which the factor book does not "
        "have. Give the energy in MWh, kWh, GJ, Gcal or toe."
    ]


FAULTY = (
    {},
    {"unit": "barrels"},
    {"sector": "shipping"},
    {"sector": "Clădiri", "carrier": "motorină"},
    {"year": "1850"},
    {"year": "x"},
    {"amount": "abc"},
    {"amount": None},
    {"unit": None},
    {"scope": None},
    {"unit": "l", "carrier": "diesel"},
    {"item": "A"},
    {"item": "A"},
)


@pytest.mark.parametrize("dtype", ["enum", "categorical"])
def test_repeated_texts_stored_once_are_checked_like_texts(dtype):
    raw = rows(*FAULTY)
    coded = raw.with_columns(
        pl.col(name).cast(
            pl.Categorical() if dtype == "categorical" else pl.Enum(raw[name].unique().drop_nulls())
        )
        for name in ("year", "sector", "carrier", "scope", "unit", "source")
    )
    context = Context(years=(2021, 2030), fuel_size=lambda carrier, unit: 0.01)
    plain, other = (check(ENERGY, each, "energy.csv", context) for each in (raw, coded))
    assert sorted(each.message("en") for each in other.findings) == sorted(
        each.message("en") for each in plain.findings
    )
    assert len(plain.findings) >= 9
    assert other.rows.equals(plain.rows)
    assert other.rows.schema == plain.rows.schema


def test_codes_stay_coded_when_asked():
    checked = check(ENERGY, rows({}), "energy.csv", Context(coded=True))
    assert checked.rows.schema["sector"] == pl.Enum(["buildings"])
    assert checked.rows["sector"].to_list() == ["buildings"]


def test_doubles_across_batches():
    seen = SeenKeys()
    context = Context(seen=seen)
    first, second = rows({"item": "A"}, {"item": "B"}), rows({"item": "C"}, {"item": "A"})
    assert check(ENERGY, first, "energy.csv", context).findings == []
    assert [
        each.message("en") for each in check(ENERGY, second, "energy.csv", context).findings
    ] == [
        "Row 3: the rows have the same year, sector, carrier, scope, item as rows above them "
        "(first 2021, buildings, natural_gas, 1, A). Merge them, or tell them apart in 'item'."
    ]


def test_seen_keys_never_forget_and_never_invent():
    seen = SeenKeys()
    for start in range(0, 5000, 500):
        fresh = pl.DataFrame({"a": list(range(start, start + 500)), "b": ["x"] * 500})
        assert not seen.again(fresh).any()
    old = pl.DataFrame({"a": [0, 4999, 5000], "b": ["x", "x", "x"]})
    assert seen.again(old).to_list() == [True, True, False]
