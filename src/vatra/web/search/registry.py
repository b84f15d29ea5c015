"""Where entries come from: every app may have a module ``findable`` with ``SOURCES``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from vatra.web.base.searchable import Source


@cache
def sources() -> Mapping[str, Source]:
    """All sources by name, in the order of their names."""
    found: dict[str, Source] = {}
    for config in apps.get_app_configs():
        module = config.module
        if module and config.name.startswith("vatra.") and module_has_submodule(module, "findable"):
            own: Mapping[str, Source] = import_module(f"{config.name}.findable").SOURCES
            twice = found.keys() & own.keys()
            if twice:
                raise ValueError(f"two apps have a source '{', '.join(sorted(twice))}'")
            found |= own
    return dict(sorted(found.items()))
