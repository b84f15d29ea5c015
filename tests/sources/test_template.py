import pytest

from vatra.sources import read
from vatra.sources.city_yaml import KEYS, REQUIRED, parse_city
from vatra.sources.template import write_template
from vatra.tables import FindingsError, check, tables

FILES = {"city.yaml", *(table.file_name for table in tables().values())}


@pytest.mark.parametrize("lang", [None, "en", "ro"])
def test_an_empty_pack_has_every_file_and_every_column(tmp_path, lang):
    written = write_template(tmp_path / "pack", lang)
    assert {path.name for path in written} == FILES
    for table in tables().values():
        raw = read(tmp_path / "pack" / table.file_name, table)
        assert raw.findings == []
        assert raw.frame.columns == [*(column.name for column in table.columns), "line"]
        codes = [each.code for each in check(table, raw.frame, raw.file).findings]
        assert codes == ["tables.empty"]


def test_headings_stand_in_both_languages_once_where_alike(tmp_path):
    write_template(tmp_path)
    assert (tmp_path / "energy.csv").read_text("utf-8-sig") == (
        "year / an,sector,carrier / purtător de energie,scope / domeniu,sub-sector / subsector,"
        "locality / localitate,item / poziție,amount / cantitate,unit / unitate,"
        'quality / calitate,"doubt, % / incertitudine, %",source / sursă,note / notă\n'
    )


def test_the_city_file_only_lacks_what_the_city_must_say(tmp_path):
    write_template(tmp_path)
    content = (tmp_path / "city.yaml").read_text("utf-8")
    city, findings = parse_city(content)
    assert city is None
    assert {each.column for each in findings} == {each for each in REQUIRED if each != "gwp_set"}
    assert all(each.code == "sources.city-blank" for each in findings)
    assert all(f"\n{key}:" in content for key in KEYS)
    assert "# Numele orașului" in content and "# Name of the city" in content


def test_a_filled_in_template_is_a_city(tmp_path):
    write_template(tmp_path)
    content = (tmp_path / "city.yaml").read_text("utf-8")
    for key, value in {
        "name": "Valea Verde", "code": "valea-verde", "base_year": "2021",
        "target_year": "2030", "source": "made up",
    }.items():  # fmt: skip
        content = content.replace(f"\n{key}:", f"\n{key}: {value}")
    city, findings = parse_city(content)
    assert findings == [] and city is not None
    assert (city.name, city.gwp_set, city.synthetic) == ("Valea Verde", "AR5", False)


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "energy.csv").write_text("mine")
    (tmp_path / "city.yaml").write_text("mine too")
    with pytest.raises(FindingsError) as raised:
        write_template(tmp_path)
    assert str(raised.value) == (
        f"the files city.yaml, energy.csv are already in {tmp_path.name}, "
        "so nothing was written. Choose another folder."
    )
    assert {path.name for path in tmp_path.iterdir()} == {"city.yaml", "energy.csv"}
    assert (tmp_path / "energy.csv").read_text() == "mine"
