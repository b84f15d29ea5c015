"""Sector colours stand out from their ground and from each other, for every kind of eye."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from vatra.contract.charts.palette import (
    COLOURS,
    SECTOR_CODES,
    Theme,
    colour,
    contrast,
    linear_rgb,
    sector_role,
)

THEMES: tuple[Theme, ...] = ("light", "dark")
# Machado, Oliveira, Fernandes (2009), severity 1.0; applied to linear light.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Just noticeable in OKLab is about 0.02; four times that tells two bars apart at a glance.
APART = 0.08


def seen(colour_hex: str, eye: str) -> tuple[float, float, float]:
    """OKLab (Ottosson 2020) of a colour as an eye sees it."""
    light = linear_rgb(colour_hex)
    r, g, b = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, light, strict=True))))
        for row in EYES[eye]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def test_contrast_of_black_on_white_is_21() -> None:
    # (1 + 0.05) / (0 + 0.05) = 21
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_sectors_stay_apart_for_every_eye(theme: Theme, eye: str) -> None:
    close = {
        (one, other): round(distance, 3)
        for one, other in combinations(SECTOR_CODES, 2)
        if (distance := math.dist(seen(COLOURS[theme][one], eye), seen(COLOURS[theme][other], eye)))
        < APART
    }
    assert close == {}


@pytest.mark.parametrize("theme", THEMES)
def test_bars_stand_out_from_their_ground(theme: Theme) -> None:
    ground = COLOURS[theme]["paper"]
    bars = [*SECTOR_CODES, "total", "increase", *(r for r in COLOURS[theme] if "driver" in r)]
    assert {
        r: contrast(COLOURS[theme][r], ground)
        for r in bars
        if contrast(COLOURS[theme][r], ground) < 3
    } == {}


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_ground_and_on_bars(theme: Theme) -> None:
    ground = COLOURS[theme]["paper"]
    assert contrast(COLOURS[theme]["ink"], ground) > 7
    assert contrast(COLOURS[theme]["ink-soft"], ground) > 4.5
    weak = [s for s in SECTOR_CODES if contrast(colour(f"on-{s}", theme), COLOURS[theme][s]) < 4.5]
    assert weak == []


def test_a_sector_of_a_citys_own_making_has_a_colour() -> None:
    assert sector_role("tourism") == "other"
    assert sector_role("land") == "land"
