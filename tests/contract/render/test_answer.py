"""The answer says what is promised, what is planned, and how likely that is."""

from __future__ import annotations

from typing import Any

import pytest

from vatra.contract.render.answer import answer, likely

RISK = {
    "year": 2030,
    "cut_ppm": 813_700,
    "cut_mean_ppm": 685_000,
    "planned_cut_ppm": 799_100,
    "probability_ppm": 2_000,
}


def document(**sections: Any) -> dict[str, Any]:
    city = {"name": "Dealu Mic", "base_year": 2021, "gases": ["CO2"]}
    return {
        "city": city,
        "totals": {"all": {"2021": 10**15}},
        "plan": None,
        "actions": [],
    } | sections


def test_a_contract_without_actions_says_nothing_of_likelihood() -> None:
    assert likely(document(), "en") == ()
    assert likely(document(risk=None), "en") == ()
    assert answer(document(), "en").verdicts == ()


@pytest.mark.parametrize(("ppm", "kept"), [(2_000, False), (499_999, False), (500_000, True)])
def test_a_target_is_likely_when_half_of_what_may_come_reaches_it(ppm: int, kept: bool) -> None:
    (found,) = likely(document(risk=RISK | {"probability_ppm": ppm}, actions=[{}] * 3), "en")
    assert found.kept is kept


def test_the_words_name_plan_mean_and_probability_in_both_languages() -> None:
    sealed = document(risk=RISK, actions=[{}] * 17)
    english, romanian = (likely(sealed, lang)[0].words for lang in ("en", "ro"))
    assert english.startswith("Year by year, the 17 actions cut 79.9% by 2030")
    assert "68.5% on average" in english and "81.37% is reached" in english
    assert "79,9 %" in romanian.replace("\u00a0", " ") and "81,37 %" in romanian.replace(
        "\u00a0", " "
    )
