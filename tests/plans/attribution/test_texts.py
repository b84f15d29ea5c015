"""Everything that a page names has its words."""

import pytest

from vatra.plans.attribution import BASELINE, GROUNDS
from vatra.words import LANGUAGES, say

KEYS = [
    *(f"ground-{each}" for each in GROUNDS),
    *(f"baseline-{each}" for each in BASELINE),
    *(
        f"curve-{each}{end}"
        for each in ("static", "sequential", "optimal")
        for end in ("", "-note")
    ),
    *(f"{each}{end}" for each in ("first_in", "last_in", "shapley") for end in ("", "-note")),
]


@pytest.mark.parametrize("key", KEYS)
def test_it_is_named_in_both_languages(key: str) -> None:
    said = {say(f"plans.attribution.{key}", lang) for lang in LANGUAGES}
    assert len(said) == 2


def test_the_static_curve_says_not_to_sum() -> None:
    assert say("plans.attribution.curve-static-note", "en").startswith("Do not sum")
    assert say("plans.attribution.curve-static-note", "ro").startswith("Nu se adună")
