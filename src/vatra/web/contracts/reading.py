"""Reading a contract that a visitor hands in: anything may arrive here."""

from __future__ import annotations

import json
from typing import Any

MAX_BYTES = 2 * 1024 * 1024
# A PDF with pictures and signatures is larger than the contract itself.
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 40
# How documents and workbooks of an office begin, as all packed files do.
_PACKED = b"PK\x03\x04"


class Unreadable(ValueError):
    """What was handed in is no contract that can be checked; ``key`` of the text that says why."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = f"web.contracts.{key}", params
        super().__init__(key)


def read_contract(content: bytes) -> Any:
    """The JSON value of ``content``.

    Raises ``Unreadable`` when it is empty, larger than ``MAX_BYTES``, a document or workbook of an
    office, not UTF-8 JSON, nested deeper than ``MAX_DEPTH``, or says one name twice: then two
    readers would see two contracts.
    """
    if not content.strip():
        raise Unreadable("nothing-given")
    if len(content) > MAX_BYTES:
        raise Unreadable("too-large", limit=MAX_BYTES // (1024 * 1024))
    if content.startswith(_PACKED):
        raise Unreadable("another-kind")
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_refuse, parse_float=_refuse_float
        )
    except UnicodeDecodeError as problem:
        raise Unreadable("not-utf8") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable("not-json", line=problem.lineno, column=problem.colno) from problem
    except RecursionError as problem:
        raise Unreadable("too-deep") from problem
    except Unreadable:
        raise
    except ValueError as problem:
        raise Unreadable("number-too-long") from problem
    if _depth(value) > MAX_DEPTH:
        raise Unreadable("too-deep")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable("name-twice", name=name[:80])
        found[name] = value
    return found


def _refuse(name: str) -> Any:
    raise Unreadable("not-a-number", value=name)


def _refuse_float(text: str) -> Any:
    raise Unreadable("not-whole", value=text[:40])


def _depth(value: Any) -> int:
    """How deep lists and objects stand in each other; walked without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        children = item.values() if isinstance(item, dict) else item
        if isinstance(item, dict | list):
            deepest = max(deepest, depth)
            waiting += [(child, depth + 1) for child in children]
    return deepest
