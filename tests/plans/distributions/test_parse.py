"""The text of a distribution: what is read, what is refused, and with which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.distributions import FORMS, DistributionError, Fixed, fixed, parse
from vatra.words import LANGUAGES


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0.35", "0.35"),
        (" 1e-3 ", "0.001"),
        ("-2.5e6", "-2500000"),
        ("2.5E6", "2500000"),
        ("35%", "0.35"),
        ("35 %", "0.35"),
        (".5", "0.5"),
        ("-0", "0"),
        ("uniform(0.2; 0.4)", "uniform(0.2; 0.4)"),
        ("Uniform( 20% ;40 % )", "uniform(0.2; 0.4)"),
        ("triangular(1; 2; 4)", "triangular(1; 2; 4)"),
        ("pert(0.4;0.8;1.0)", "pert(0.4; 0.8; 1)"),
        ("normal(1; 0.05)", "normal(1; 0.05)"),
        ("lognormal(0.5; 2)", "lognormal(0.5; 2)"),
        ("beta(2; 5)", "beta(2; 5)"),
        ("beta(2; 5; 0; 1)", "beta(2; 5)"),
        ("beta(2; 5; 10; 20)", "beta(2; 5; 10; 20)"),
        ("discrete(1: 0.9; 0: 0.1)", "discrete(0: 0.1; 1: 0.9)"),
    ],
)
def test_canonical_spelling(text, canonical):
    assert parse(text).text == canonical
    assert parse(canonical) == parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("nan", "not-finite"),
        ("-inf", "not-finite"),
        ("Infinity", "not-finite"),
        ("uniform(0; inf)", "not-finite"),
        ("1e999", "size"),
        ("1e-999", "size"),
        ("1E-999", "size"),
        ("1e101", "size"),
        ("5.", "number"),
        ("1_000", "number"),
        ("1.167.223", "number"),
        ("0x1f", "number"),
        ("٣", "number"),
        ("1e3.5", "number"),
        ("35%%", "number"),
        ("about 3", "number"),
        ("3 t", "number"),
        ("2,5", "comma"),
        ("1,167", "comma-or-thousands"),
        ("1,167,223", "comma-thousands"),
        ("uniform(2,5)", "comma-inside"),
        ("pert(1,2,3)", "comma-parts"),
        ("discrete(1: 2, 3: 4)", "comma-parts"),
        ("uniform(0,2; 0,4)", "comma-inside"),
        ("2;5", "family-missing"),
        ("gauss(1; 2)", "family-unknown"),
        ("fixed(1)", "family-unknown"),
        ("uniform(1; 2", "form"),
        ("uniform 1; 2)", "form"),
        ("uniform(1; 2) t", "form"),
        ("uniform((1); 2)", "form"),
        ("uniform()", "argument-blank"),
        ("uniform(1; )", "argument-blank"),
        ("uniform(1)", "count"),
        ("pert(1; 2)", "count"),
        ("beta(1; 2; 3)", "count"),
        ("uniform(4; 2)", "order"),
        ("beta(2; 2; 1; 0)", "order"),
        ("lognormal(2; 1)", "order"),
        ("pert(1; 3; 2)", "order-mode"),
        ("triangular(3; 2; 4)", "order-mode"),
        ("normal(1; -0.1)", "deviation"),
        ("lognormal(0; 1)", "lognormal-positive"),
        ("lognormal(-1; 1)", "lognormal-positive"),
        ("lognormal(1e-9; 1)", "lognormal-wide"),
        ("beta(0; 1)", "beta-shape"),
        ("beta(1; 1e9)", "beta-shape"),
        ("discrete(1: 0)", "weight"),
        ("discrete(1: 0.5; 2: -0.5)", "weight"),
        ("discrete(1: 2; 1: 3)", "discrete-twice"),
        ("discrete(1; 2)", "discrete-pair"),
        ("discrete(1: 2: 3)", "discrete-pair"),
        ("discrete(1: 2;)", "argument-blank"),
    ],
)
def test_refused(text, code):
    with pytest.raises(DistributionError) as caught:
        parse(text)
    assert caught.value.code == f"plans.distributions.{code}"
    assert all(caught.value.text(lang) for lang in LANGUAGES)


def refusal(text):
    with pytest.raises(DistributionError) as caught:
        parse(text)
    return str(caught.value)


def test_a_comma_is_shown_both_ways():
    assert "2.5" in refusal("2,5") and "uniform(2; 5)" in refusal("2,5")
    inside = refusal("uniform(0,2; 0,4)")
    assert "uniform(0.2; 0.4)" in inside and "uniform(0; 2; 0; 4)" in inside
    assert "1.167" in refusal("1,167") and "1167" in refusal("1,167")


def test_both_readings_of_a_decimal_comma_parse():
    assert parse("2.5").mean == 2.5
    assert parse("uniform(2; 5)").mean == 3.5


def test_an_unknown_family_names_all_forms():
    said = refusal("gauss(1; 2)")
    assert all(form in said for form in FORMS)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e200])
def test_fixed_refuses_what_cannot_be_reckoned_with(value):
    with pytest.raises(DistributionError):
        fixed(value)


numbers = st.floats(-1e90, 1e90, allow_subnormal=False).map(lambda x: 0.0 if abs(x) < 1e-90 else x)
positive = st.floats(1e-6, 1e6)


def written(value):
    return repr(value)


@given(numbers)
def test_a_number_survives(value):
    assert parse(written(value)) == Fixed(value + 0.0)
    assert parse(parse(written(value)).text).text == parse(written(value)).text


@given(
    st.sampled_from(["uniform", "triangular", "pert"]), st.lists(numbers, min_size=3, max_size=3)
)
def test_a_bounded_family_survives(family, values):
    low, mode, high = sorted(values)
    inside = (low, high) if family == "uniform" else (low, mode, high)
    once = parse(f"{family}({'; '.join(written(each) for each in inside)})")
    assert parse(once.text) == once
    assert parse(once.text).text == once.text
    assert low <= once.mean <= high or once.mean == pytest.approx(low)


@given(numbers, positive, positive, st.floats(1, 1e5))
def test_an_unbounded_family_survives(centre, deviation, p5, ratio):
    for text in (
        f"normal({written(centre)}; {written(deviation)})",
        f"lognormal({written(p5)}; {written(p5 * ratio)})",
        f"beta({written(1 + ratio)}; 2.5; {written(-deviation)}; {written(p5)})",
    ):
        once = parse(text)
        assert parse(once.text) == once
        assert parse(once.text).text == once.text


@given(st.dictionaries(numbers, positive, min_size=1, max_size=6))
def test_a_discrete_one_survives(weights):
    inside = "; ".join(f"{written(value)}: {written(weight)}" for value, weight in weights.items())
    once = parse(f"discrete({inside})")
    assert parse(once.text) == once
    assert list(once.values) == sorted(once.values)
    assert once.low <= once.mean <= once.high or once.mean == pytest.approx(once.low)


@given(st.text(max_size=30))
def test_anything_else_is_refused_in_words(text):
    try:
        found = parse(text)
    except DistributionError as error:
        assert error.text("ro")
    else:
        assert parse(found.text) == found
