"""YAML and JSON as a person typed them: numbers keep their digits, ``NO`` stays a notation key."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import yaml

from vatra.linter.numbers import Written


class NotReadable(Exception):
    """The text is neither YAML nor JSON; carries the line and what the parser said."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(problem)


class _Loader(yaml.SafeLoader):
    """Only null, numbers and text: no dates, no yes/no, no octal or sexagesimal numbers."""


_Loader.yaml_implicit_resolvers = {}
_NULL = re.compile(r"^(~|null|Null|NULL|)$")
_NUMBER = re.compile(r"^[-+]?(\d[\d_]*)(\.\d*)?([eE][-+]?\d{1,3})?$|^[-+]?\.\d+$")
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["~", "n", "N", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER, list("-+.0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def _written(loader: yaml.SafeLoader, node: yaml.Node) -> Written:
    return Written(loader.construct_scalar(node))  # type: ignore[arg-type]


for _tag in ("float", "int"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _written)


_BLANK_CELL = re.compile(r"(?<=[\[,])(?=[ \t]*[,\]])")


def _yaml(text: str) -> Any:
    """YAML; cells left blank between two commas (``[Waste, , 12]``) are read as blank."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError:
        filled = _BLANK_CELL.sub(" ~", text)
        if filled == text:
            raise
        try:
            return yaml.load(filled, Loader=_Loader)
        except yaml.YAMLError:
            pass
        raise


def parse(text: str, as_json: bool = False) -> Any:
    """Read YAML (JSON is YAML, but is read as JSON first where it says so)."""
    if as_json or text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
        except RecursionError as error:
            raise NotReadable(1, "nested too deeply") from error
        except json.JSONDecodeError as error:
            if as_json:
                raise NotReadable(error.lineno, error.msg) from error
    try:
        return _yaml(text)
    except RecursionError as error:
        raise NotReadable(1, "nested too deeply") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise NotReadable(mark.line + 1 if mark else 1, str(problem)) from error
    except ValueError as error:
        raise NotReadable(1, str(error)) from error
