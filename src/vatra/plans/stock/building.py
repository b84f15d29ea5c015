"""A building of the stock, whole: what its row left out is taken from its type, and said so."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.plans.stock.shape import Shape


@dataclass(frozen=True)
class Building:
    """One building.

    Attributes
    ----------
    archetype : code of its type
    shape : its heated body
    heated_m2 : heated floor area
    flats_count : 0 where nobody lives
    assumed : columns that nobody filled in and the type was asked for
    terrace : made-up buildings of one terrace stand wall to wall in the order of their codes
    line : of ``buildings.csv``; 0 where it was generated
    """

    code: str
    archetype: str
    use: str
    shape: Shape
    heated_m2: float
    flats_count: int
    name: str = ""
    quarter: str = ""
    tenure: str = ""
    association: str = ""
    built: int | None = None
    synthetic: bool = False
    assumed: tuple[str, ...] = ()
    source: str = ""
    terrace: str = ""
    line: int = 0
