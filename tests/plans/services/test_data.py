"""Rows of data: complete, with source and doubt, values within their own range."""

import pytest

from vatra.plans.services.reading import figure, figures, rows
from vatra.tables.building_systems import EMITTERS, SERVICES, SYSTEMS

FILES = ("generators", "heat_pumps", "emitters", "pipes", "hot_water", "electricity", "air")


@pytest.mark.parametrize("file", FILES)
def test_every_figure_says_where_it_comes_from(file: str) -> None:
    for each in figures(file).values():
        assert each.source and each.doubt and each.unit, each
        assert each.name("en") and each.name("ro")


@pytest.mark.parametrize("file", FILES)
def test_values_lie_within_their_range(file: str) -> None:
    for each in figures(file).values():
        if each.low is not None and each.high is not None:
            assert each.low <= each.value <= each.high, each


def test_usual_systems_and_profiles_say_where_they_come_from() -> None:
    for name in ("usual", "profile"):
        assert [row for row in rows(name) if not row["source"] or not row["doubt"]] == []
    for row in rows("usual"):
        assert row["service"] in SERVICES
        assert row["system"] in SYSTEMS
        assert row["emitter"] in EMITTERS


def test_every_emitter_has_its_figures() -> None:
    for emitter in EMITTERS:
        for quantity in ("curve_k_per_k", "exponent", "spread_k", "emission_share"):
            assert figure("emitters", quantity, emitter).of == emitter


def test_a_missing_figure_is_named() -> None:
    with pytest.raises(KeyError, match=r"pipes\.csv has no colour of heating_any"):
        figure("pipes", "colour", "heating_any")
