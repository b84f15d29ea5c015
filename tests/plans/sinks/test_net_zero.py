import pytest

from vatra.plans.sinks import net_zero
from vatra.words import LANGUAGES

T = 10**9


def judged(gross=100, sinks=100, cap=200, credits=0, allowed=0, probability=900_000, level=800_000):
    return net_zero(
        2035,
        gross * T,
        sinks * T,
        cap * T,
        credits_mg=credits * T,
        allowed_mg=allowed * T,
        probability_ppm=probability,
        level_ppm=level,
    )


def unmet(verdict) -> list[str]:
    for each in verdict.conditions:
        for lang in LANGUAGES:
            assert "2035" in each.text(lang)
    return [each.name for each in verdict.unmet]


def test_net_zero_when_every_condition_is_met():
    verdict = judged()
    assert verdict.holds
    assert (verdict.net_mg, unmet(verdict)) == (0, [])


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"sinks": 99}, ["net"]),
        ({"cap": 99}, ["cap"]),
        ({"probability": 799_999}, ["probability"]),
        ({"probability": None}, ["probability"]),
        ({"sinks": 60, "credits": 40}, ["credits"]),
        ({"sinks": 60, "credits": 30}, ["net", "credits"]),
        ({"sinks": 150, "cap": 120, "probability": 0}, ["cap", "probability"]),
    ],
)
def test_every_unmet_condition_is_named(changed, names):
    verdict = judged(**changed)
    assert not verdict.holds
    assert unmet(verdict) == names


def test_credits_allowed_within_the_cap_count_there():
    verdict = judged(sinks=60, credits=40, allowed=40)
    assert verdict.holds
    assert judged(sinks=60, credits=40, allowed=40, cap=80).unmet[0].name == "cap"


def test_credits_that_are_bought_and_not_needed_do_no_harm():
    assert judged(credits=10).holds


def test_nobody_knows_is_said_so():
    (condition,) = judged(probability=None).unmet
    assert "Nobody knows" in condition.text("en")
    assert "only 50%" in judged(probability=500_000).unmet[0].text("en")
