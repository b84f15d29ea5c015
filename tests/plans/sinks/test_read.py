import pytest

from tests.runs.packs import pack
from vatra.plans.sinks import read_sinks
from vatra.runs.pack import open_pack
from vatra.words import LANGUAGES

ENERGY = """year,sector,carrier,scope,amount,unit,source
    2021,buildings,natural_gas,1,100,MWh,invented"""
HEAD = (
    "code,year,name_en,name_ro,kind,species,area,unit,trees_count,credits_t,curve,growth,"
    "survival_percent,survival_years,buffer_percent,permanence_years,from_use,within_cap,source\n"
)


def read(folder, *rows):
    opened = open_pack(pack(folder, energy=ENERGY, sinks=HEAD + "\n".join(rows)))
    assert opened.ok, [each.message("en") for each in opened.findings]
    curves = {"meadow": (0.0, 1.0)}
    return read_sinks(opened.rows["sinks"], opened.parameters(), curves.__getitem__, "sinks.csv")


def test_every_kind_of_growth(tmp_path):
    sinks, findings = read(
        tmp_path,
        "F,2024,Forest,Pădure,forest,oak,2000000,m2,,,,,90,3,20,50,cropland,,x",
        "T,2024,Trees,Arbori,single_trees,pine,,,400,,,,,,,30,,,x",
        "M,2024,Meadow,Luncă,wetland,,3,km2,,,meadow,,,,,20,,,x",
        "O,2025,Own,Proprie,soil,,4,ha,,,,0: 0; 2: 1,,,,20,,,x",
        "C,2030,Credit,Credit,credit,,,,,120.5,,,,,,,,yes,x",
    )
    assert findings == []
    assert [each.size for each in sinks] == [200.0, 400.0, 300.0, 4.0, 0.0]
    assert [len(each.growth_t) for each in sinks] == [101, 21, 2, 3, 0]
    forest, credit = sinks[0], sinks[-1]
    assert (forest.buffer_ppm, forest.permanence_years, forest.survival.years) == (200_000, 50, 3)
    assert (credit.credits_mg, credit.within_cap) == (120_500_000_000, True)
    assert forest.name("ro") == "Pădure"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("A,2024,A,A,forest,oak,,,,,,,,,,50,,,x", ["size-missing"]),
        ("A,2024,A,A,single_trees,pine,,,,,,,,,,50,,,x", ["size-missing"]),
        ("A,2024,A,A,credit,,,,,,,,,,,,,,x", ["size-missing"]),
        ("A,2024,A,A,forest,oak,1,ha,,,,,120,,130,50,,,x", ["percent-above", "percent-above"]),
        ("A,2024,A,A,forest,oak,1,ha,,,,,,4,,50,,,x", ["survival-without"]),
        ("A,2024,A,A,forest,oak,1,ha,,,,,90,0.5,,0,,,x", ["years-whole", "years-whole"]),
        ("A,2024,A,A,wetland,,1,ha,,,nowhere,,,,,50,,,x", ["curve-unknown"]),
        ("A,2024,A,A,wetland,,1,ha,,,,,,,,50,,,x", ["growth-missing"]),
        ("A,2024,A,A,soil,,1,ha,,,,abc,,,,50,,,x", ["growth-wrong"]),
        ("A,2024,A,A,forest,,1,ha,,,,,,,,50,,,x", ["species-missing"]),
        ("A,2024,A,A,forest,,,,,,,,,,,50,,,x", ["size-missing", "species-missing"]),
    ],
)
def test_faults_are_found_all_at_once(tmp_path, row, codes):
    sinks, findings = read(tmp_path, row)
    assert sinks == []
    assert [each.code.removeprefix("plans.sinks.") for each in findings] == codes
    for each in findings:
        assert each.lines == (2,)
        assert all(each.message(lang) for lang in LANGUAGES)


def test_a_sink_kept_for_nobody_says_how_long_is_warned_of(tmp_path):
    sinks, findings = read(tmp_path, "A,2024,A,A,forest,oak,1,ha,,,,,,,,,,,x")
    assert len(sinks) == 1
    assert [(each.code, each.severity) for each in findings] == [
        ("plans.sinks.permanence-missing", "warning")
    ]
