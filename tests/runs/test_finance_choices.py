"""Money fixed in the pack, under choices that leave an action out or make it smaller."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vatra.plans.engine import Choice
from vatra.runs.finance import Finance, finance
from vatra.runs.scenario import open_scenario
from vatra.tables import FindingsError

IASI = Path("examples/iasi")


@pytest.fixture(scope="module")
def tried() -> Finance:
    """The plan without 1.5 and with a fiftieth of 1.1; both have money fixed for them."""
    return finance(open_scenario(IASI), {"1.5": Choice(2026, 0.0), "1.1": Choice(2026, 0.02)})


def test_what_choices_do_not_need_stays_with_its_source(tried: Finance) -> None:
    freed = {
        each.params["action"]: (each.lines, each.severity, each.params["amount"])
        for each in tried.findings
        if each.code == "plans.finance.fixed-freed"
    }
    # All of the EUR 35 million of 1.5; of the 55 of 1.1, what is beyond a fiftieth of its cost.
    cost_eur = sum(
        int(need.sum()) / 100
        for use, need in zip(tried.uses, tried.capital.nominal, strict=True)
        if use.action == "1.1"
    )
    assert freed["1.5"] == ((9,), "warning", 35_000_000.0)
    assert freed["1.1"] == ((8,), "warning", pytest.approx(55_000_000 - cost_eur, abs=0.02))
    assert all("EUR" in each.message("ro") for each in tried.findings if "freed" in each.code)


def test_money_still_adds_up_under_choices(tried: Finance) -> None:
    assert (tried.capital.need == tried.paid.amount.sum(axis=0) + tried.paid.gap).all()
    assert all(use.action != "1.5" for use in tried.uses)
    spent = {source.code: tried.source_of(n).sum() for n, source in enumerate(tried.sources)}
    assert 0 < spent["pnrr_c5"] < 35_000_000_00


def test_the_pack_itself_frees_nothing() -> None:
    found = finance(open_scenario(IASI))
    assert not [each for each in found.findings if each.code == "plans.finance.fixed-freed"]


def test_a_source_does_not_exclude_itself(tmp_path: Path) -> None:
    folder = shutil.copytree(IASI, tmp_path / "iasi")
    funding = folder / "funding.csv"
    text = funding.read_text(encoding="utf-8")
    assert text.count(",pr_ne_21,,1,") == 1
    funding.write_text(text.replace(",pr_ne_21,,1,", ",pnrr_c5,,1,"), encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        finance(open_scenario(folder))
    found = [(each.code, each.lines) for each in refused.value.findings]
    assert ("plans.finance.excludes-itself", (2,)) in found
