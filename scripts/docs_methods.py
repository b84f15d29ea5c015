"""Documentation of the methods, written from what each method says about itself.

A hook of mkdocs: one page per method from its ``method.md``, with its worked examples from
``cases/`` below. Methods and decisions enter the navigation by being there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vatra.methods import methods
from vatra.words import say

ROOT = Path(__file__).resolve().parent.parent

INK, PAPER = "#1d2327", "#fbfaf7"

_ABOUT_METHODS = """# Methods

A method is a published way from activity rows and factors to emissions. Each is a folder of
`src/vatra/methods` with its declaration, formulas and page; exactly one counts a carrier used in a
sector.

| method | metodă | formula | source |
|---|---|---|---|"""
_ABOUT_EXAMPLES = """# Worked examples

Cases that a person can follow with a pocket calculator; those of the [methods](../methods/index.md)
stand on their pages. They lie in `cases/` as YAML, and every one runs as a test.
"""
# What the cases that belong to no method show.
_OTHER_SUBJECTS = {
    "units": "Units",
    "factors.gwp": "Potentials",
    "plans.split": "The split of a cut",
}


@cache
def pages() -> dict[str, str]:
    """Path in the documentation -> markdown: an overview, one page per method, other examples."""
    found = {"methods/index.md": _overview(), "reference/worked-examples.md": _other_examples()}
    for name, method in methods().items():
        found[f"methods/{name}.md"] = f"{method.page()}\n## Worked examples\n\n{worked(name)}"
    return found


def _overview() -> str:
    rows = [
        f"| [{say(f'methods.{name}', 'en')}]({name}.md) | {say(f'methods.{name}', 'ro')} "
        f"| {say(f'methods.{name}-formula', 'en')} | {method.source} |"
        for name, method in methods().items()
    ]
    return "\n".join([_ABOUT_METHODS, *rows]) + "\n"


def _other_examples() -> str:
    parts = [f"## {title}\n\n{worked(of)}" for of, title in _OTHER_SUBJECTS.items()]
    return "\n".join([_ABOUT_EXAMPLES, *parts])


def worked(of: str) -> str:
    """The worked examples of a method or another subject, as a person reads them."""
    return "\n".join(_case(case) for file in _case_files(of) for case in file["cases"])


def _case_files(of: str) -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "cases").glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        if content["of"] == of:
            yield content


def _case(case: dict[str, Any]) -> str:
    given = yaml.safe_dump(case["input"], allow_unicode=True, sort_keys=False, width=90)
    lines = [f"### {case['name']}", "", f"Source: {' '.join(case['source'].split())}.", ""]
    if case.get("note"):
        lines += [" ".join(case["note"].split()), ""]
    lines += ["```yaml", given.rstrip(), "```", ""]
    if case.get("arithmetic"):
        lines += ["```text", *case["arithmetic"], "```", ""]
    expected = ", ".join(f"{name} {figure}" for name, figure in case["expected"].items())
    return "\n".join([*lines, f"Expected: {expected}; tolerance {case['tolerance']}.", ""])


# Hooks of mkdocs ---------------------------------------------------------------------------------


def on_config(config: Any) -> Any:
    """Methods and decisions into the navigation, in the order of their names."""
    decisions = sorted(Path(config["docs_dir"], "decisions").glob("0*.md"))
    found: dict[str, list[Any]] = {
        "Methods": [{say(f"methods.{name}", "en"): f"methods/{name}.md"} for name in methods()],
        "Decisions": [f"decisions/{path.name}" for path in decisions],
    }
    for section in config["nav"]:
        for title, more in found.items():
            if title in section:
                section[title] = [*section[title], *more]
    return config


def on_files(files: Any, config: Any) -> Any:
    """The generated pages beside those that are written by hand."""
    from mkdocs.structure.files import File

    icon = (ROOT / "src" / "vatra" / "web" / "static" / "icon.svg").read_text("utf-8")
    files.append(File.generated(config, "assets/icon.svg", content=icon))
    # The house of the icon is drawn in ink, which the header is too.
    logo = icon.replace(INK, PAPER)
    files.append(File.generated(config, "assets/logo.svg", content=logo))
    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files
