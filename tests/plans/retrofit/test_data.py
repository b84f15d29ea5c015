"""The data that people maintain by hand: complete, in both languages, readable."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from tests.plans.retrofit.block import DAY
from vatra.plans.retrofit import default_options, programmes
from vatra.plans.retrofit.costs import GROUPS, cost_items
from vatra.plans.retrofit.eligibility import conditions_on, judged
from vatra.plans.retrofit.facts import Applicant, Block, City, Works, facts_of, known_fields
from vatra.plans.retrofit.programmes import rate, stacking
from vatra.plans.retrofit.reading import rows

FOLDER = resources.files("vatra.plans.retrofit") / "data"
FILES = sorted(each.name for each in FOLDER.iterdir() if each.name.endswith(".csv"))


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_both_languages(name: str) -> None:
    pairs = [field[:-3] for field in table(name)[0] if field.endswith("_en")]
    for row in table(name):
        assert None not in row and None not in row.values()
        for pair in pairs:
            en, ro = row[f"{pair}_en"], row[f"{pair}_ro"]
            assert en.strip() and ro.strip(), row
            assert sorted(re.findall(r"{\w*}", en)) == sorted(re.findall(r"{\w*}", ro)), row
        # Cedilla letters are another alphabet's; Romanian has the comma below.
        assert not set("şţŞŢ") & set("".join(row.values()))


@pytest.mark.parametrize("name", [each for each in FILES if "source" in table(each)[0]])
def test_every_row_says_where_it_comes_from_and_how_sure_it_is(name: str) -> None:
    assert [row for row in table(name) if not row["source"] or not row["doubt"]] == []


def test_every_condition_asks_about_a_known_field_and_can_be_read() -> None:
    nothing = facts_of(Block(), Works(), Applicant(), City())
    for each in programmes().values():
        assert {condition.field for condition in each.conditions} <= set(known_fields())
        # Of a block about which nothing is known, nothing is known.
        assert {int(judged(condition, nothing)) for condition in each.conditions} == {-1}
        assert conditions_on(each, DAY)


@pytest.mark.parametrize("name", ["windows", "conditions", "shares", "ceilings"])
def test_rows_belong_to_programmes(name: str) -> None:
    assert {row["programme"] for row in rows(name)} <= set(programmes())


def test_shares_of_a_grant_are_no_more_than_all_of_it() -> None:
    for each in programmes().values():
        assert sum(share.basis_points for share in each.shares) <= 10_000


def test_every_pair_of_programmes_has_a_rule_and_each_only_once() -> None:
    names = sorted(programmes())
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            assert stacking(one, other) is not None
            assert stacking(other, one) == stacking(one, other)
    pairs = [(row["first"], row["second"]) for row in rows("stacking")]
    assert len(pairs) == len(set(pairs)) == len(names) * (len(names) - 1) // 2
    assert all(first < second for first, second in pairs)


def test_options_name_costs_and_costs_are_used() -> None:
    named = {
        item for each in default_options().values() for option in each for item in option.items
    }
    assert named == set(cost_items())
    assert {each.group for each in cost_items().values()} == set(GROUPS)


def test_costs_are_ranges_whose_ends_hold_the_middle() -> None:
    for each in cost_items().values():
        low, middle, high, mean = each.figures
        assert 0 < each.unit_cost_eur.low < low < middle < high < each.unit_cost_eur.high
        assert low < mean < high
        assert each.price_year == 2026


def test_value_added_tax_follows_the_day() -> None:
    assert [rate("vat", day) for day in (DAY.replace(year=2024), DAY)] == [19, 21]
