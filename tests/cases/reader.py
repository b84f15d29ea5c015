"""Worked examples as a person writes them: amounts with units, arithmetic that must hold."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parents[2] / "cases"
_NUMBER = re.compile(r"(?<!\w)\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile(r"[^\W\d_][\w/]*")
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Case:
    """One worked example; ``of`` names what it shows, ``file`` where it stands."""

    of: str
    file: str
    name: str
    source: str
    input: Mapping[str, Any]
    expected: Mapping[str, Any]
    tolerance: str
    arithmetic: tuple[str, ...] = ()
    note: str = ""


def read_cases() -> Iterator[Case]:
    """Every case of every file in the folder, in the order of names."""
    for path in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for each in content["cases"]:
            yield Case(
                of=content["of"],
                file=path.name,
                name=each.get("name", ""),
                source=each.get("source", ""),
                input=each["input"],
                expected=each["expected"],
                tolerance=str(each["tolerance"]),
                arithmetic=tuple(each.get("arithmetic", ())),
                note=each.get("note", ""),
            )


def amount(text: object) -> tuple[float, str]:
    """``1000 m3 GCV`` as its number and its unit."""
    number, _, unit = str(text).partition(" ")
    return float(number), unit


def within(found: float, expected: float, tolerance: str) -> bool:
    """Whether a figure is as close as the case says: ``1 t`` or ``0.5 %`` of the expected one."""
    size, unit = amount(tolerance)
    allowed = abs(expected) * size / 100 if unit == "%" else size
    # One part in 10^12 for what floating point does to an exact figure.
    return abs(found - expected) <= allowed + 1e-12 * max(1.0, abs(expected))


def holds(line: str) -> bool:
    """Whether ``2 t × 3 = 6 t`` is true to the last digit that it prints."""
    left, _, right = line.rpartition(" = ")
    decimals = len(_NUMBER.findall(right)[-1].partition(".")[2])
    return abs(_value(left) - _value(right)) <= 0.5 * 10**-decimals * (1 + 1e-9)


def _value(text: str) -> float:
    """A line of arithmetic without its units."""
    plain = _UNIT.sub("", _NUMBER.sub(lambda found: f" {found[0].replace(',', '')} ", text))
    tree = ast.parse(
        plain.replace("×", "*").replace("÷", "/").replace("−", "-").strip(), mode="eval"
    )
    return _evaluate(tree.body)


def _evaluate(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand)
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    raise ValueError(ast.dump(node))
