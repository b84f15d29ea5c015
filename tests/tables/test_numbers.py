import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.tables import numbers

GROUP = {"plain": "", "en": ",", "ro": "."}
DECIMAL = {"plain": ".", "en": ".", "ro": ","}


def read(*texts, declared=None):
    return numbers.read(pl.Series("amount", texts, pl.String), declared)


@pytest.mark.parametrize(
    ("texts", "style", "values"),
    [
        (["1.234,56"], "ro", [1234.56]),
        (["1,234.56"], "en", [1234.56]),
        (["1234.56"], "plain", [1234.56]),
        (["196 704"], "plain", [196704.0]),
        (["196\u00a0704", "1\u202f196\u202f704"], "plain", [196704.0, 1196704.0]),
        (["196'704"], "plain", [196704.0]),
        (["5,780,294"], "en", [5780294.0]),
        (["5.780.294"], "ro", [5780294.0]),
        (["313.956", "12,5"], "ro", [313956.0, 12.5]),
        (["313.956", "12.5"], "plain", [313.956, 12.5]),
        (["313,956", "12.5"], "en", [313956.0, 12.5]),
        (["313,956", "12,5"], "ro", [313.956, 12.5]),
        (["0,00", "12,5"], "ro", [0.0, 12.5]),
        (["0.123"], "plain", [0.123]),
        (["1e-3"], "plain", [0.001]),
        (["2.5e6"], "plain", [2.5e6]),
        (["2,5e6"], "ro", [2.5e6]),
        (["-12.5", "\u221212.5", "+12.5"], "plain", [-12.5, -12.5, 12.5]),
        (["2021", None, "7"], "plain", [2021.0, None, 7.0]),
        (["  12.5 "], "plain", [12.5]),
        ([".5", "5."], "plain", [0.5, 5.0]),
    ],
)
def test_formats_met_in_city_files(texts, style, values):
    result = read(*texts)
    assert result.ambiguous == ""
    assert result.values.to_list() == values
    assert result.style == style


@pytest.mark.parametrize("text", ["313.956", "313,956", "1.234", "-313.956", "12.345"])
def test_one_group_alone_is_ambiguous(text):
    result = read(text, "200")
    assert result.ambiguous == text
    assert result.values.to_list() == [None, None]


@pytest.mark.parametrize(
    ("declared", "value"), [("ro", 313956.0), ("en", 313.956), ("plain", 313.956)]
)
def test_a_declared_style_settles_it(declared, value):
    result = read("313.956", declared=declared)
    assert (result.ambiguous, result.values.to_list()) == ("", [value])


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "inf", "-inf", "nan", "NaN", "infinity", "1e400", "12_000", "0x1F", "1..2"),
        *("1,2,3", "12,34,567", "1.2.3", "(5)", "5%", "--5", "+", ".", "12 34", "1 2", "1 0000"),
        *("٣٤", "1.234.56", "1,234,56", "1e", "=1+1", "5 MWh", "007.5,5", "1'23"),
    ],
)
def test_what_is_no_number_is_refused(text):
    assert read(text, "12.5").values.to_list()[0] is None
    for declared in numbers.STYLES:
        assert read(text, declared=declared).values.to_list() in ([None], [])


def test_printed_zero_beside_grouped_numbers_is_refused_not_misread():
    # The table prints both styles: whichever is taken, the other rows must not turn into numbers.
    assert read("0,00", "5,780,294", "12,345").values.to_list() == [None, 5780294.0, 12345.0]


def test_a_late_row_in_another_style_is_refused():
    result = read(*["12.5"] * 3000, "1.234,56")
    assert result.values.null_count() == 1
    assert result.values[-1] is None


def test_blank_stays_blank():
    assert read(None, None).values.to_list() == [None, None]


def test_texts_among_numbers_are_made_plain():
    plain = numbers.as_plain(pl.Series(["1.234,56", "abc", None, "12,5"]))
    assert plain == ["1234.56", "abc", None, "12.5"]
    assert numbers.as_plain(pl.Series(["313.956"])) is None
    assert numbers.as_plain(pl.Series(["313.956"]), "ro") == ["313956"]


def write(whole: int, cents: int, style: str) -> str:
    """1234567 and 5 as 1.234.567,05 in the style."""
    digits = f"{abs(whole):,}".replace(",", GROUP[style])
    return ("-" if whole < 0 else "") + digits + DECIMAL[style] + f"{cents:02d}"


@given(
    style=st.sampled_from(["plain", "en", "ro"]),
    pairs=st.lists(
        st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 99)), min_size=1, max_size=30
    ),
    blanks=st.integers(0, 3),
)
def test_what_was_written_in_a_style_reads_back_exactly(style, pairs, blanks):
    # Two decimals can be no group, so every value decides.
    texts = [write(whole, cents, style) for whole, cents in pairs] + [None] * blanks
    expected = [
        float(f"{'-' if whole < 0 else ''}{abs(whole)}.{cents:02d}") for whole, cents in pairs
    ]
    assert read(*texts).values.to_list() == expected + [None] * blanks


@given(
    style=st.sampled_from(["en", "ro"]),
    thousands=st.lists(st.integers(1, 999_999), min_size=1, max_size=20),
)
def test_one_deciding_value_settles_all_others(style, thousands):
    # 1.234 alone could be 1.234 or 1,234; 7,25 beside it says which.
    texts = [f"{number * 1000:,}".replace(",", GROUP[style]) for number in thousands]
    deciding = write(7, 25, style)
    expected = [number * 1000.0 for number in thousands]
    assert read(*texts, deciding).values.to_list() == [*expected, 7.25]


@given(st.text(max_size=12))
def test_no_text_is_read_as_another_number(text):
    value = read(text, declared="plain").values.to_list()
    if value and value[0] is not None:
        bare = "".join(text.split()).replace("\u2212", "-").replace("'", "").replace("\u2019", "")
        assert value[0] == float(bare)
