"""city.yaml: what is read, and every fault in its words."""

import pytest

from vatra.sources.city_yaml import KEYS, City, parse_city, read_city
from vatra.tables.vocabulary import GASES

GOOD = {
    "name": "Valea Verde",
    "code": "valea-verde",
    "base_year": "2021",
    "target_year": "2030",
    "gwp_set": "AR5",
    "source": "made up for this test",
}


def text(**changes):
    lines = (GOOD | changes).items()
    return "".join(f"{key}: {value}\n" for key, value in lines if value is not None)


def said(content, lang="en"):
    city, findings = parse_city(content)
    assert (city is None) == any(each.severity == "error" for each in findings)
    return [each.message(lang) for each in findings]


def test_the_least_a_city_must_say():
    city, findings = parse_city(text())
    assert findings == []
    assert city == City(
        name="Valea Verde",
        code="valea-verde",
        base_year=2021,
        target_year=2030,
        gwp_set="AR5",
        country="RO",
        target_cut_ppm=None,
        residual_limit_ppm=200_000,
        gases=GASES,
        languages=("ro", "en"),
        numbers=None,
        factor_sets=(),
        synthetic=False,
        source="made up for this test",
        note="",
    )


def test_all_it_may_say():
    city, findings = parse_city(
        text(
            country="BG",
            target_cut_percent="81.37",
            residual_limit_percent="18.63 %",
            gases="[N2O, CO2]",
            languages="[en]",
            numbers="ro",
            factor_sets="[local, ipcc_2006]",
            synthetic="true",
            note="a note",
        )
    )
    assert findings == [] and city is not None
    assert (city.target_cut_ppm, city.residual_limit_ppm) == (813_700, 186_300)
    assert (city.gases, city.languages) == (("CO2", "N2O"), ("en",))
    assert (city.factor_sets, city.numbers) == (("local", "ipcc_2006"), "ro")
    assert (city.country, city.synthetic, city.note) == ("BG", True, "a note")


def test_a_name_is_only_a_text():
    city, findings = parse_city(text(name="<script>alert(1)</script> & Co"))
    assert findings == [] and city is not None
    assert city.name == "<script>alert(1)</script> & Co"


def test_one_word_will_do_for_a_list():
    city, _ = parse_city(text(languages="ro", gases="CO2", factor_sets="local"))
    assert city is not None
    assert (city.languages, city.gases, city.factor_sets) == (("ro",), ("CO2",), ("local",))


def test_what_was_filled_in_waits_for_a_look():
    city, findings = parse_city(text(factor_sets="[local, ro_eea]", by_default="[factor_sets]"))
    assert city is not None and city.by_default == ("factor_sets",)
    (found,) = findings
    assert (found.code, found.severity, found.column) == (
        "sources.city-by-default",
        "warning",
        "factor_sets",
    )
    assert "local, ro_eea" in found.message("en") and "local, ro_eea" in found.message("ro")
    assert parse_city(text(by_default="[factor]"))[0] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"code": "Valea Verde"},
            "Row 2: 'Valea Verde' cannot be the code of a city. "
            "Use small letters, digits and hyphens, such as cluj-napoca.",
        ),
        (
            {"code": "../etc"},
            "Row 2: '../etc' cannot be the code of a city. "
            "Use small letters, digits and hyphens, such as cluj-napoca.",
        ),
        (
            {"base_year": "1850"},
            "Row 3: '1850' in 'base_year' is not a year from 1990 to 2100. "
            "Write four digits, such as 2021.",
        ),
        (
            {"base_year": "2021.5"},
            "Row 3: '2021.5' in 'base_year' is not a year from 1990 to 2100. "
            "Write four digits, such as 2021.",
        ),
        (
            {"target_year": "2021"},
            "Row 4: the target year 2021 must come after the base year 2021. Correct one of them.",
        ),
        (
            {"gwp_set": "AR7"},
            "Row 5: 'AR7' is not known for 'gwp_set'. "
            "Use one of SAR, AR4, AR5, AR5_FEEDBACK, AR6.",
        ),
        ({"name": ""}, "Row 1: 'name' is blank. Fill it in."),
        ({"name": "'  '"}, "Row 1: 'name' is blank. Fill it in."),
        ({"name": "[a]"}, "Row 1: 'name' must be a text on one line. Put it in quotes."),
        ({"name": "2021"}, "Row 1: 'name' must be a text on one line. Put it in quotes."),
        ({"country": "NO"}, "Row 7: 'country' must be a text on one line. Put it in quotes."),
        (
            {"country": "Romania"},
            "Row 7: 'Romania' is not a country code. Write two capital letters, such as RO.",
        ),
        (
            {"target_cut_percent": "101"},
            "Row 7: '101' in 'target_cut_percent' is not a percentage from 0 to 100. "
            "Write a number such as 81.4.",
        ),
        (
            # No per cent of anything is that large: the comma parts thousands.
            {"target_cut_percent": "8,137.5"},
            "Row 7: '8,137.5' in 'target_cut_percent' is not a percentage from 0 to 100. "
            "Write a number such as 81.4.",
        ),
        (
            {"target_cut_percent": ".nan"},
            "Row 7: '.nan' in 'target_cut_percent' is not a percentage from 0 to 100. "
            "Write a number such as 81.4.",
        ),
        (
            {"target_cut_percent": "81.123456"},
            "Row 7: '81.123456' in 'target_cut_percent' has more than four decimals. Round it.",
        ),
        (
            {"gases": "[CO2, XX]"},
            "Row 7: 'CO2, XX' is not known for 'gases'. "
            "Use some of CO2, CH4, N2O, HFC, PFC, SF6, NF3, as a list in square brackets.",
        ),
        (
            {"languages": "[ro, de]"},
            "Row 7: 'ro, de' is not known for 'languages'. "
            "Use some of ro, en, as a list in square brackets.",
        ),
        (
            {"languages": "[]"},
            "Row 7: '' is not known for 'languages'. "
            "Use some of ro, en, as a list in square brackets.",
        ),
        (
            {"gases": "{a: b}"},
            "Row 7: 'gases' must be a list of words in square brackets.",
        ),
        (
            {"numbers": "fr"},
            "Row 7: 'fr' is not known for 'numbers'. Use one of plain, en, ro.",
        ),
        (
            {"factor_sets": "[a b]"},
            "Row 7: 'a b' in 'factor_sets' cannot be the name of a factor set. "
            "Use letters, digits, dots and hyphens.",
        ),
        ({"synthetic": "maybe"}, "Row 7: 'synthetic' must be true or false."),
        ({"taget_year": "2030"}, "Row 7: the key 'taget_year' is not known. "
                                 "Did you mean 'target_year'?"),
        (
            {"zzz": "1"},
            f"Row 7: the key 'zzz' is not known. Use one of {', '.join(KEYS)}.",
        ),
        ({"source": None}, "the keys source are missing in city.yaml. Add them; "
                           "'vatra template' writes a file with all keys."),
    ],
)  # fmt: skip
def test_each_fault(change, message):
    assert said(text(**change)) == [message]


def test_all_faults_at_once_in_romanian():
    assert said(text(name="", code="X", gwp_set="AR7", oras="x"), "ro") == [
        "Rândul 1: „name” este necompletat. Completați.",
        "Rândul 2: „X” nu poate fi codul unui oraș. "
        "Folosiți litere mici, cifre și cratime, de exemplu cluj-napoca.",
        "Rândul 5: „AR7” nu este cunoscut pentru „gwp_set”. "
        "Folosiți una dintre valorile SAR, AR4, AR5, AR5_FEEDBACK, AR6.",
        f"Rândul 7: cheia „oras” nu este cunoscută. Folosiți una dintre {', '.join(KEYS)}.",
    ]


def test_a_key_given_twice():
    assert said(text() + "name: Other\n") == ["Rows 1, 7: the key 'name' stands twice. Keep one."]


@pytest.mark.parametrize(
    ("content", "line"), [("name: [1\ncode: x", 2), ("a: b: c", 1), ("name: x\n\tcode: y", 2)]
)
def test_what_is_not_yaml_names_the_line(content, line):
    assert said(content) == [
        f"Row {line}: this is not YAML. Write one 'key: value' a line, "
        "and put a value that holds a colon in quotes."
    ]


@pytest.mark.parametrize("content", ["", "- a\n- b", "just words", "42"])
def test_what_has_no_keys(content):
    assert said(content) == [
        "Row 1: the file must hold one 'key: value' a line. "
        "'vatra template' writes one with all keys."
    ]


def test_aliases_are_refused_before_they_multiply():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert said("\n".join(levels)) == [
        "anchors (&) and aliases (*) are not read. Write each value out, or put it in quotes."
    ]


def test_no_object_is_made_from_a_file(tmp_path):
    touched = tmp_path / "touched"
    assert said(text(note=f"!!python/object/apply:os.mkdir ['{touched}']")) == [
        "Row 7: 'note' must be a text on one line. Put it in quotes."
    ]
    assert not touched.exists()


@pytest.mark.slow
def test_deep_nesting_is_a_fault_not_a_crash():
    assert said("name: " + "[" * 5000)[0].startswith("Row 1: this is not YAML.")


def test_it_is_read_from_its_folder(tmp_path):
    (tmp_path / "city.yaml").write_text("\ufeff" + text(name="Timișoara"), "utf-8")
    city, findings = read_city(tmp_path)
    assert findings == [] and city is not None and city.name == "Timișoara"
    assert read_city(tmp_path / "city.yaml")[0] == city


def test_a_folder_without_one(tmp_path):
    assert [each.message("en") for each in read_city(tmp_path)[1]] == [
        "the file city.yaml does not exist. Check its name; "
        "'vatra template' writes an empty city pack."
    ]


def test_one_in_another_encoding(tmp_path):
    (tmp_path / "city.yaml").write_bytes(text(name="Iaşi").encode("cp1250"))
    assert [each.message("en") for each in read_city(tmp_path)[1]] == [
        "Row 1: the file is not UTF-8 text; it looks like Windows-1250 / ISO-8859-2. "
        "Save it as UTF-8."
    ]


def test_one_too_large(tmp_path):
    (tmp_path / "city.yaml").write_text("#" * 1_000_001)
    assert [each.code for each in read_city(tmp_path)[1]] == ["sources.file-too-large"]
