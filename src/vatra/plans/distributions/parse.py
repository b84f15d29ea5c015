"""Read a distribution from text: strict, so that nothing is ever misread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vatra.plans.distributions.error import DistributionError
from vatra.plans.distributions.families import (
    Beta,
    Discrete,
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from vatra.plans.distributions.numbers import read_number

_CALL = re.compile(r"(?P<name>[^\W\d_]+)\s*\((?P<inside>[^()]*)\)")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+")
# No decimal sign is followed by a space, and no number has two of them.
_TWO_POINTS = re.compile(r"\d\.\s*\d*\.")


@dataclass(frozen=True)
class _Family:
    form: str
    counts: tuple[int, ...]
    make: Callable[..., Distribution]


def _beta(a: float, b: float, low: float = 0.0, high: float = 1.0) -> Beta:
    return Beta(lowest=low, highest=high, a=a, b=b)


_FAMILIES: Mapping[str, _Family] = {
    "uniform": _Family("uniform(low; high)", (2,), Uniform),
    "triangular": _Family(
        "triangular(low; mode; high)", (3,), lambda low, mode, high: Triangular(low, high, mode)
    ),
    "pert": _Family("pert(low; mode; high)", (3,), lambda low, mode, high: Pert(low, high, mode)),
    "normal": _Family("normal(mean; sd)", (2,), Normal),
    "lognormal": _Family("lognormal(p5; p95)", (2,), LogNormal),
    "beta": _Family("beta(a; b) / beta(a; b; low; high)", (2, 4), _beta),
}
_DISCRETE_FORM = "discrete(value: weight; value: weight)"
FORMS = (*(each.form for each in _FAMILIES.values()), _DISCRETE_FORM)


def fixed(value: float) -> Fixed:
    """One value, known exactly; raises ``DistributionError`` when it is not finite."""
    return Fixed(read_number(repr(float(value))))


def parse(text: str) -> Distribution:
    """Return the distribution that a text spells.

    A bare number (``0.35``, ``1e-3``, ``-2.5e6``, ``35%``) is fixed; ``uniform(low; high)``,
    ``triangular(low; mode; high)``, ``pert(low; mode; high)``, ``normal(mean; sd)``,
    ``lognormal(p5; p95)``, ``beta(a; b)`` or ``beta(a; b; low; high)``,
    ``discrete(value: weight; ...)``. Arguments are parted by ``;``, decimals by a point.

    Raises ``DistributionError``: among others a comma is refused, with both ways to read it.
    """
    text = text.strip()
    if not text:
        raise DistributionError("blank")
    if "," in text:
        raise _comma(text)
    call = _CALL.fullmatch(text)
    if call is not None:
        return _called(call["name"].lower(), call["inside"])
    if "(" in text or ")" in text:
        raise DistributionError("form", text=text, forms=FORMS)
    if ";" in text:
        raise DistributionError("family-missing", text=text, forms=FORMS)
    return Fixed(read_number(text))


def _comma(text: str) -> DistributionError:
    """The refusal of a comma: what it may mean, and how each meaning is written."""
    pointed = text.replace(",", ".")
    if "(" in text or ";" in text:
        parted = re.sub(r"\s*,\s*", "; ", text)
        if _TWO_POINTS.search(pointed) or ", " in text:
            return DistributionError("comma-parts", text=text, parted=parted)
        return DistributionError("comma-inside", text=text, pointed=pointed, parted=parted)
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
        if text.count(",") > 1:
            return DistributionError("comma-thousands", text=text, plain=plain)
        return DistributionError("comma-or-thousands", text=text, pointed=pointed, plain=plain)
    parted = "; ".join(each.strip() for each in text.split(","))
    return DistributionError("comma", text=text, pointed=pointed, range=f"uniform({parted})")


def _called(name: str, inside: str) -> Distribution:
    parts = [each.strip() for each in inside.split(";")]
    if name == "discrete":
        return _discrete(parts)
    family = _FAMILIES.get(name)
    if family is None:
        raise DistributionError("family-unknown", name=name, forms=FORMS)
    if "" in parts:
        raise DistributionError("argument-blank", form=family.form)
    if len(parts) not in family.counts:
        raise DistributionError("count", name=name, given=len(parts), form=family.form)
    return family.make(*(read_number(each) for each in parts))


def _discrete(parts: list[str]) -> Discrete:
    if "" in parts:
        raise DistributionError("argument-blank", form=_DISCRETE_FORM)
    pairs = [each.split(":") for each in parts]
    wrong = [part for part, pair in zip(parts, pairs, strict=True) if len(pair) != 2]
    if wrong:
        raise DistributionError("discrete-pair", pairs=wrong, form=_DISCRETE_FORM)
    return Discrete(
        tuple(read_number(value) for value, _ in pairs),
        tuple(read_number(weight) for _, weight in pairs),
    )
