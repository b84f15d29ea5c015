import pytest

from tests.sources.files import HEAD, energy_file, read_energy, row, said
from vatra.sources import read
from vatra.tables import check, tables

PUBLISHED = tables()["published_emissions"]


@pytest.mark.parametrize(
    "change",
    [
        {"sector": "TOTAL"},
        {"sector": "Total general"},
        {"sector": "Total clădiri"},
        {"carrier": "subtotal"},
        {"year": "Total 2021"},
        {"scope": "Suma"},
        {"item": "TOTAL"},
        {"item": "Total General:"},
        {"item": "Sumă"},
    ],
)
def test_a_total_row_is_dropped_and_said(tmp_path, change):
    raw = read_energy(energy_file(tmp_path, HEAD, row(1), row(2, **change)))
    ((column, label),) = change.items()
    assert said(raw) == [
        f"Row 3: '{label}' in '{column}' is a sum of other rows and is not counted again. "
        "Take it out, or rename it if it is not a sum."
    ]
    assert raw.ok and raw.frame["line"].to_list() == [2]


def test_it_is_said_in_romanian(tmp_path):
    raw = read_energy(energy_file(tmp_path, HEAD, row(1), row(2, sector="TOTAL")))
    assert said(raw, "ro") == [
        "Rândul 3: 'TOTAL' din „sector” este o sumă a altor rânduri și nu se mai numără o dată. "
        "Scoateți-o sau redenumiți-o dacă nu este o sumă."
    ]


@pytest.mark.parametrize(
    "item", ["Total Energy SRL", "Totalizator 3", "Consum iluminat", "Sumarna", "summer use"]
)
def test_a_name_that_begins_alike_stays(tmp_path, item):
    raw = read_energy(energy_file(tmp_path, HEAD, row(1, item=item)))
    assert raw.findings == [] and len(raw.frame) == 1


def test_a_source_named_total_stays(tmp_path):
    assert len(read_energy(energy_file(tmp_path, HEAD, row(1, source="Total"))).frame) == 1


def test_where_blank_means_the_whole_city_total_means_it_too(tmp_path):
    path = energy_file(
        tmp_path,
        "year,stage,sector,scope,amount,unit,source",
        "2021,base,Total,,1167223,t,contract",
        "2021,base,,1,720540,t,contract",
        name="published_emissions.csv",
    )
    raw = read(path, PUBLISHED)
    assert said(raw) == [
        "Row 2: 'Total' in 'sector' is read as the whole city. "
        "Leave the field blank to say the same."
    ]
    assert check(PUBLISHED, raw.frame, raw.file).rows["sector"].to_list() == [None, None]
