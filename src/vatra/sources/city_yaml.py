"""``city.yaml``: what a pack says about its city; all faults of the file at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from vatra.sources.encodings import wrong_encoding
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.tables import Finding, fold
from vatra.tables.numbers import STYLES, Style
from vatra.tables.vocabulary import CLIMATES, GASES
from vatra.words import LANGUAGES, Language

FILE_NAME = "city.yaml"
MOST_BYTES = BYTES_PER_MB
MOST_LETTERS = 2_000
MOST_LETTERS_OF_A_NAME = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100
GWP_SETS = ("SAR", "AR4", "AR5", "AR5_FEEDBACK", "AR6")
PPM_PER_PERCENT = 10_000
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FACTOR_SET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class City:
    """A city pack's description.

    Shares are whole millionths (``_ppm``): a target of 80 % is 800,000. ``plan_start_year`` is when
    the first measure may start, ``horizon_year`` how far the pathway is followed. ``numbers`` is
    the style the pack's numbers are written in, None to infer it column by column. ``by_default``
    names keys whose value nobody chose and nobody checked yet.
    """

    name: str
    code: str
    base_year: int
    target_year: int
    gwp_set: str
    country: str = "RO"
    target_cut_ppm: int | None = None
    residual_limit_ppm: int = 200_000
    recalculation_threshold_ppm: int = 50_000
    plan_start_year: int | None = None
    horizon_year: int | None = None
    gases: tuple[str, ...] = GASES
    languages: tuple[Language, ...] = LANGUAGES
    numbers: Style | None = None
    factor_sets: tuple[str, ...] = ()
    region: str = ""
    climate: str = ""
    synthetic: bool = False
    source: str = ""
    licence: str = ""
    note: str = ""
    by_default: tuple[str, ...] = ()

    @property
    def last_year(self) -> int:
        """The last year of the pathway: the horizon, or the target year."""
        return self.horizon_year or self.target_year

    @property
    def first_plan_year(self) -> int:
        """When the first measure may start: as stated, or the year after the base year."""
        return self.plan_start_year or self.base_year + 1


class _Fault(Exception):
    """What is wrong with one value: the code of the finding and what its text needs."""

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(code)


# Values


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Fault("city-text")
    text = " ".join(value.split())
    if not text:
        raise _Fault("city-blank")
    if len(text) > MOST_LETTERS or not text.isprintable():
        raise _Fault("city-text")
    return text


def _name(value: Any) -> str:
    name = _text(value)
    if len(name) > MOST_LETTERS_OF_A_NAME:
        raise _Fault("city-name-long", most=MOST_LETTERS_OF_A_NAME)
    return name


def _code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value) or len(value) > 60:
        raise _Fault("city-code")
    return value


def _country(value: Any) -> str:
    # Bare NO is a "no" to YAML.
    if not isinstance(value, str):
        raise _Fault("city-text")
    if not _COUNTRY.fullmatch(value):
        raise _Fault("city-country")
    return value


def _year(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Fault("city-year", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise _Fault("city-year", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return value


def _share_ppm(value: Any) -> int:
    """Per cent to millionths, exactly: 81.37, or 81,37 as Romanian has it -> 813,700."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _Fault("city-percent")
    try:
        percent = Decimal(str(value).strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        raise _Fault("city-percent") from None
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise _Fault("city-percent")
    ppm = percent * PPM_PER_PERCENT
    if ppm != int(ppm):
        raise _Fault("city-percent-places")
    return int(ppm)


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise _Fault("city-choice", choices=list(choices))
        return value

    return read


def _some_of(*choices: str) -> Callable[[Any], tuple[str, ...]]:
    """A list of choices, or one of them, in the order of the choices."""

    def read(value: Any) -> tuple[str, ...]:
        given = _list(value)
        wrong = [each for each in given if each not in choices]
        if wrong or not given:
            raise _Fault("city-choices", choices=list(choices))
        return tuple(choice for choice in choices if choice in given)

    return read


def _gases(value: Any) -> tuple[str, ...]:
    return GASES if value == "all" else _some_of(*GASES)(value)


def _factor_sets(value: Any) -> tuple[str, ...]:
    given = _list(value)
    if not all(_FACTOR_SET.fullmatch(each) for each in given):
        raise _Fault("city-factor-sets")
    return tuple(dict.fromkeys(given))


def _region(value: Any) -> str:
    """As the column ``region`` is read, so that the two meet."""
    return fold(_text(value))


def _list(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in items):
        raise _Fault("city-list")
    return items


def _keys(value: Any) -> tuple[str, ...]:
    return _some_of(*(each for each in KEYS if each != BY_DEFAULT))(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Fault("city-truth")
    return value


BY_DEFAULT = "by_default"
# Key in the file -> field of City and how its value is read.
_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "name": ("name", _name),
    "code": ("code", _code),
    "country": ("country", _country),
    "base_year": ("base_year", _year),
    "target_year": ("target_year", _year),
    "target_cut_percent": ("target_cut_ppm", _share_ppm),
    "residual_limit_percent": ("residual_limit_ppm", _share_ppm),
    "recalculation_threshold_percent": ("recalculation_threshold_ppm", _share_ppm),
    "plan_start_year": ("plan_start_year", _year),
    "horizon_year": ("horizon_year", _year),
    "gwp_set": ("gwp_set", _one_of(*GWP_SETS)),
    "gases": ("gases", _gases),
    "languages": ("languages", _some_of(*LANGUAGES)),
    "numbers": ("numbers", _one_of(*STYLES)),
    "factor_sets": ("factor_sets", _factor_sets),
    "region": ("region", _region),
    "climate": ("climate", _one_of(*CLIMATES)),
    "synthetic": ("synthetic", _truth),
    "source": ("source", _text),
    # Under which terms the city gives its data away; says nothing about figures, so no seal has it.
    "licence": ("licence", _text),
    "note": ("note", _text),
    # What was filled in for the city; a finding asks to check it. Says nothing about figures.
    BY_DEFAULT: ("by_default", _keys),
}
KEYS = tuple(_KEYS)
REQUIRED = ("name", "code", "base_year", "target_year", "gwp_set", "source")


def read_city(path: Path | str) -> tuple[City | None, list[Finding]]:
    """Read ``city.yaml`` from a pack or from its own path.

    Returns the city, None when anything forbids to go on, and the findings, which name the line.
    """
    path = Path(path)
    if path.is_dir():
        path = path / FILE_NAME
    finding = gate(path, Limits(max_bytes=MOST_BYTES))
    if finding is not None:
        return None, [finding]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [unreadable(path, error)]
    wrong = wrong_encoding(data, path.name)
    if wrong is not None:
        return None, [_yaml_encoding(wrong)]
    return parse_city(data.decode("utf-8-sig"), path.name)


def parse_city(text: str, file: str = FILE_NAME) -> tuple[City | None, list[Finding]]:
    """Read the text of a ``city.yaml``; see ``read_city``."""
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [Finding("sources.city-syntax", "error", file, (line,))]
    except (yaml.YAMLError, RecursionError):
        return None, [Finding("sources.city-syntax", "error", file, (1,))]
    except _Fault as fault:
        return None, [Finding(f"sources.{fault.code}", "error", file, params=fault.params)]
    if not isinstance(node, yaml.MappingNode):
        return None, [Finding("sources.city-not-keys", "error", file, (1,))]
    return _city(node, file)


def _compose(text: str) -> yaml.Node | None:
    """The tree of the text without aliases, so that nothing in it can multiply."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            raise _Fault("city-alias")
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _city(node: yaml.MappingNode, file: str) -> tuple[City | None, list[Finding]]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    findings: list[Finding] = []
    for key, line, value in _entries(node):
        if key not in _KEYS:
            findings.append(_unknown_key(key, line, file))
            continue
        if key in lines:
            findings.append(_fault("city-key-twice", key, file, (lines[key], line)))
            continue
        lines[key] = line
        field, read = _KEYS[key]
        try:
            plain = _plain(value)
            if plain is not None:
                values[field] = read(plain)
            elif key in REQUIRED:
                raise _Fault("city-blank")
        except _Fault as fault:
            findings.append(
                _fault(fault.code, key, file, (line,), value=_shown(value), **fault.params)
            )
    missing = [key for key in REQUIRED if key not in lines]
    if missing:
        findings.append(
            Finding("sources.city-missing", "error", file, params={"keys": missing, "file": file})
        )
    findings += _years(values, lines, file)
    findings += _unchecked(node, values.get("by_default", ()), file)
    if any(each.severity == "error" for each in findings):
        return None, findings
    return City(**values), findings


def _entries(node: yaml.MappingNode) -> Iterator[tuple[str, int, yaml.Node]]:
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        yield str(name), key.start_mark.line + 1, value


def _plain(node: yaml.Node) -> Any:
    """The value of a node: texts, numbers, truths and lists of them only."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError, OverflowError):
        raise _Fault("city-text") from None
    finally:
        loader.dispose()


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)[:60]
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(_shown(each) for each in node.value[:10])[:60]
    return "{...}"


def _unknown_key(key: str, line: int, file: str) -> Finding:
    near = difflib.get_close_matches(key.casefold().replace("-", "_"), KEYS, n=1, cutoff=0.6)
    if near:
        return _fault("city-key-near", key[:60], file, (line,), near=near[0])
    return _fault("city-key-unknown", key[:60], file, (line,), keys=list(KEYS))


def _years(values: dict[str, Any], lines: dict[str, int], file: str) -> list[Finding]:
    base, target = values.get("base_year"), values.get("target_year")
    if base is None or target is None:
        return []
    years = {"base": str(base), "target": str(target)}
    found = []
    if base >= target:
        found.append(("city-year-order", "target_year"))
    start, horizon = values.get("plan_start_year"), values.get("horizon_year")
    if start is not None and not base <= start <= target:
        found.append(("city-plan-start", "plan_start_year"))
    if horizon is not None and horizon < target:
        found.append(("city-horizon", "horizon_year"))
    return [
        _fault(code, key, file, (lines[key],), value=str(values[key]), **years)
        for code, key in found
    ]


def _unchecked(node: yaml.MappingNode, keys: tuple[str, ...], file: str) -> Iterator[Finding]:
    """What was filled in for the city and waits for somebody who looks at it."""
    for key, line, value in _entries(node):
        if key in keys:
            params = {"key": key, "value": _shown(value)}
            yield Finding("sources.city-by-default", "warning", file, (line,), key, params)


def _yaml_encoding(wrong: Finding) -> Finding:
    return Finding("sources.city-encoding", "error", wrong.file, wrong.lines, params=wrong.params)


def _fault(code: str, key: str, file: str, lines: tuple[int, ...], **params: object) -> Finding:
    return Finding(f"sources.{code}", "error", file, lines, key, {"key": key, **params})
