"""What the house promises: every number has a source, every method a page, a test, a case."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from scripts.docs_reference import PLACE, arguments, command_tree, example, fill, options
from tests.cases.reader import read_cases
from tests.docs.pages import DOCS, README, ROOT, name_of, without_code, written_pages
from vatra.factors import Factor, known_sets, shipped
from vatra.methods import methods
from vatra.tables import tables
from vatra.units import EMISSION_FACTOR, SUFFIXES
from vatra.words import LANGUAGES, say

PAGE_HEADINGS = ("Question", "Formula", "Source", "What it takes", "Limits", "Case")
DECISION_HEADINGS = ("Context", "Decision", "Consequences")
# Sets whose factors describe a fuel, or a rule, and not a year.
ALWAYS_VALID = ("ipcc_2006", "renewable")

DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
LINK = re.compile(r"""\[[^\]]*\]\((?P<target>[^)\s]+)\)|\b(?:src|srcset)="(?P<picture>[^"]+)\"""")


def identity(factor: Factor) -> str:
    return f"{factor.factor_id} ({factor.file}:{factor.line})"


# Factors


@pytest.mark.parametrize("factor", shipped(), ids=identity)
def test_every_factor_has_unit_source_and_validity(factor: Factor):
    assert EMISSION_FACTOR.size(factor.unit) is not None
    assert len(factor.source) > 20
    if factor.set in ALWAYS_VALID:
        assert factor.year_from is None
    else:
        assert factor.year_from is not None
        assert factor.year_to is None or factor.year_from <= factor.year_to


def test_no_factor_stands_twice():
    ids = [(each.factor_id, each.end_use, each.year_to) for each in shipped()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", sorted({each.set for each in shipped()}))
def test_every_set_is_in_the_reference(name: str):
    assert f"### {name}" in page("reference/factor-sets.md")
    assert name in known_sets()


# Methods


@pytest.mark.parametrize("method", sorted(methods()))
def test_every_method_has_a_page_a_test_and_a_case(method: str):
    headings = re.findall(r"\*\*([^*]+?)\.?\*\*", methods()[method].page())
    assert [each for each in PAGE_HEADINGS if each not in headings] == []
    assert methods()[method].page().startswith("# ")
    assert (ROOT / "tests" / "methods" / f"test_{method}.py").is_file()
    assert any(case.of == method for case in read_cases())


@pytest.mark.parametrize("method", sorted(methods()))
def test_every_methods_page_names_its_source_and_formula(method: str):
    numbers = re.findall(r"\d+(?:\.\d+)*", methods()[method].source)
    assert numbers
    assert [each for each in numbers if each not in methods()[method].page()] == []
    assert all(say(f"methods.{method}-formula", lang).startswith("E = ") for lang in LANGUAGES)


# Commands


def page(path: str) -> str:
    """A page as a reader sees it, its sections filled in."""
    return fill((DOCS / path).read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(command_tree()))
def test_every_command_and_option_is_in_the_reference(name: str):
    command = command_tree()[name]
    section = page("reference/cli.md").partition(f"## vatra {name}\n")[2].partition("\n## ")[0]
    assert section
    for option in options(command):
        assert f"`{option.opts[0]}" in section
        assert option.help, f"{option.opts[0]} of {name} has no help"
    for argument in arguments(command):
        assert argument.help, f"{argument.name} of {name} has no help"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(command_tree()))
def test_every_command_has_an_example_of_itself(name: str):
    assert example(command_tree()[name]).startswith(f"vatra {name} ")


@pytest.mark.parametrize("name", sorted(command_tree()))
def test_every_command_speaks_both_languages_and_has_its_formats(name: str):
    found = {option.opts[0] for option in options(command_tree()[name])}
    assert "--lang" in found
    # Pages are no table, nor is work that goes on until it is stopped.
    assert name in ("serve", "admin work") or "--format" in found


# Tables


def test_every_column_has_a_heading_in_both_languages():
    missing = []
    for table in tables().values():
        for column in table.columns:
            for lang in LANGUAGES:
                try:
                    table.heading(column, lang)
                except KeyError:
                    missing.append(f"{table.name}.{column.name} ({lang})")
    assert missing == []


def test_headings_of_a_table_are_told_apart():
    for table in tables().values():
        for lang in LANGUAGES:
            headings = [table.heading(column, lang) for column in table.columns]
            assert len(headings) == len(set(headings)), table.name


def test_every_numeric_column_ends_in_its_unit():
    wrong = [
        f"{table.name}.{column.typed_name}"
        for table in tables().values()
        for column in table.columns
        if column.kind == "number" and not column.typed_name.endswith(SUFFIXES)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_table_and_column_is_in_the_reference(name: str):
    table = tables()[name]
    section = page("reference/tables.md").partition(f"## {table.file_name}\n")[2]
    section = section.partition("\n## ")[0]
    assert [each.name for each in table.columns if f"| `{each.name}` |" not in section] == []


# Decisions and glossary


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_every_decision_has_context_decision_and_consequences(path: Path):
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(DECISION_HEADINGS)
    assert all(part.strip() for part in re.split(r"^## .+$", text, flags=re.MULTILINE))


def test_decisions_are_numbered_without_gaps():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def glossary() -> list[tuple[str, str, list[str]]]:
    text = (DOCS / "glossary.md").read_text("utf-8")
    terms = re.findall(r"^([^\n:#]+) · \*(.+)\*\n((?::   .+\n)+)", text, re.MULTILINE)
    return [(en, ro, re.findall(r"^:   (.+)$", lines, re.MULTILINE)) for en, ro, lines in terms]


def test_every_term_is_defined_in_both_languages():
    assert len(glossary()) >= 60
    assert [term for term, _, definitions in glossary() if len(definitions) != 2] == []


def test_terms_are_sorted_so_that_people_find_them():
    terms = [term.casefold() for term, _, _ in glossary()]
    assert terms == sorted(terms)


def test_definitions_are_one_sentence():
    long = [each for _, _, defined in glossary() for each in defined if not each.endswith(".")]
    assert long == []


# Pages


@pytest.mark.parametrize("path", written_pages(), ids=name_of)
def test_internal_links_lead_somewhere(path: Path):
    broken = []
    for found in LINK.finditer(without_code(path.read_text("utf-8"))):
        target, _, anchor = (found["target"] or found["picture"]).partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file = path.parent / target if target else path
        if not leads_somewhere(file, anchor):
            broken.append(found[0])
    assert broken == []


def leads_somewhere(file: Path, anchor: str) -> bool:
    if not file.exists():
        return is_generated(file)
    return not anchor or file.suffix != ".md" or anchor in anchors(file)


def is_generated(file: Path) -> bool:
    from scripts.docs_methods import pages

    resolved = file.resolve()
    return resolved.is_relative_to(DOCS) and resolved.relative_to(DOCS).as_posix() in pages()


def anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", fill(file.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.casefold()).strip().replace(" ", "-") for each in headings}


@pytest.mark.parametrize("path", written_pages(), ids=name_of)
def test_pages_are_filled_and_romanian_uses_comma_below(path: Path):
    text = path.read_text("utf-8")
    assert not set("şţŞŢ") & set(text)
    assert not PLACE.search(fill(text))


def test_every_page_is_reached_from_the_navigation():
    # The decisions enter it by themselves.
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert [p for p in pages if not p.startswith("decisions/0") and p not in navigation] == []


def test_every_picture_is_there_in_light_and_dark_and_small():
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    assert {each.stem.rpartition("-")[0] for each in pictures} >= {"city"}
    for each in pictures:
        name, _, scheme = each.stem.rpartition("-")
        other = {"light": "dark", "dark": "light"}[scheme]
        assert (each.parent / f"{name}-{other}.png").is_file()
        assert each.stat().st_size < 300_000


def test_readme_and_documentation_say_how_to_start():
    for path in (README, DOCS / "start" / "install.md"):
        assert "make demo" in path.read_text("utf-8")


# Findings of the linter


def linter_codes() -> set[str]:
    """Every code the linter's source hands on, but for the texts it only says."""
    found = set()
    for path in (ROOT / "src" / "vatra" / "linter").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        said = {
            id(argument)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("say", "has")
            for argument in call.args
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"linter\.[a-z]+(-[a-z]+)*", node.value)
            and id(node) not in said
        }
    return found


@pytest.mark.slow
def test_every_finding_of_the_linter_is_explained():
    text = (DOCS / "how-to" / "lint-a-contract.md").read_text("utf-8")
    documented = set(re.findall(r"`(linter\.[a-z-]+)`", text))
    assert len(documented) > 20
    assert sorted(linter_codes() - documented) == []
    assert sorted(documented - linter_codes()) == []
