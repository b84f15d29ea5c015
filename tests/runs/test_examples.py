"""The packs of the repository give what is published about their cities."""

from pathlib import Path

import pytest

from vatra.runs.contract import run


def test_iasi_gives_the_two_published_percentages_and_says_it_is_invented():
    found = run(Path("examples/iasi"))
    total = found.contract["totals"]["all"]["2021"]
    buildings = found.contract["totals"]["by_sector"]["2021"]["buildings"]
    # 56.41 % of CO2 comes from buildings; -81.44 % by 2035 against 2021
    assert buildings / total == pytest.approx(0.5641, abs=5e-7)
    assert found.plan.residual_ppm == 185_600
    assert found.plan.target_met
    assert found.contract["city"]["synthetic"] is True
    assert found.findings == ()
    sources = found.pack.rows["energy"]["source"].cast(str).unique().to_list()
    assert [each for each in sources if not each.startswith("synthetic")] == []
