"""The tables of rights of all apps, found by looking."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.people.rights import Right, World

WEB = Path(__file__).resolve().parents[1]
APPS = tuple(sorted(each.parent.name for each in WEB.glob("*/rights.py")))
_MODULES = {app: import_module(f"tests.web.{app}.rights") for app in APPS}


def _rights() -> dict[str, Right]:
    found: dict[str, Right] = {}
    for module in _MODULES.values():
        twice = found.keys() & module.RIGHTS.keys()
        assert not twice, f"two tables have a row for {', '.join(sorted(twice))}"
        found |= module.RIGHTS
    return found


RIGHTS = _rights()


def things(world: World) -> dict[str, object]:
    """What the blanks of all addresses stand for; every app makes its own things."""
    made: dict[str, object] = {}
    for app, module in _MODULES.items():
        make: Callable[[World], dict[str, object]] | None = getattr(module, "things", None)
        new = make(world) if make else {}
        twice = made.keys() & new.keys()
        assert not twice, f"{app}: the blanks {sorted(twice)} are another app's; rename them"
        made |= new
    return made


def names(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    """The names of all addresses that the site knows."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{space}{entry.name}")
        else:
            found += names(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


def what_to_write(name: str) -> str:
    """The next step for who added an address."""
    app = name.split(":")[0] if ":" in name else "site"
    return (
        f"{name}: who may read there, and who may send? Write it in tests/web/{app}/rights.py:\n"
        f'    RIGHTS = {{"{name}": city_right("work/.../", TAKE, readers, writers)}}\n'
        "with methods and roles of tests/web/people/rights.py; Right(url, ...) for an address "
        "that is not a city's; def things(world) makes what the blanks stand for."
    )
