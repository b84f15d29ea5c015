"""Every text of the web wing stands in both languages, and every one that is asked for exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vatra.words import LANGUAGES, has, texts

WEB = Path(__file__).resolve().parents[2] / "src" / "vatra" / "web"
FILES = [path for ending in ("*.py", "*.html") for path in WEB.rglob(ending)]
ASKED = re.compile(r"""["'](web\.[a-z]+\.[-a-z_]+)["']""")
# Module names look like keys of texts; only what lies in an app and has no file is one.
MODULES = {f"web.{path.parent.name}.{path.stem}" for path in WEB.glob("*/*.py")}


@pytest.mark.parametrize("key", sorted(key for key in texts() if key.startswith("web.")))
def test_a_text_stands_in_both_languages(key: str) -> None:
    entry = texts()[key]
    forms = [entry] if set(LANGUAGES) & set(entry) else list(entry.values())
    for form in forms:
        assert set(form) == set(LANGUAGES)
        # Comma below, not cedilla.
        assert not set(form["ro"]) & set("şţŞŢ")


def test_every_text_that_is_asked_for_exists() -> None:
    asked = {key for path in FILES for key in ASKED.findall(path.read_text("utf-8"))}
    missing = [key for key in asked - MODULES if not key.endswith("-") and not has(key)]
    assert len(asked) > 100
    assert not missing


@pytest.mark.slow
def test_every_text_is_asked_for() -> None:
    everything = "\n".join(path.read_text("utf-8") for path in FILES)
    # f"web.jobs.state-{word}" in code, "web.jobs.state-"|add:word in a template.
    built = re.findall(r"""web\.([a-z]+)\.([-a-z_]*)(?:\{|["']\|add:)""", everything)
    unused = []
    for key in texts():
        if not key.startswith("web."):
            continue
        full = re.sub(r"\.(one|few|other)$", "", key)
        room, _, name = full.removeprefix("web.").partition(".")
        if full in everything or f'"{name}"' in everything:
            continue
        if any(room == at and name.startswith(begin) for at, begin in built):
            continue
        if name.removesuffix("-title") in everything and name.endswith("-title"):
            continue
        if name.startswith("remark-"):
            continue
        unused.append(key)
    assert unused == []
