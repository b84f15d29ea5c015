"""The files that hold a contract's text: split into sections, one of them written anew."""

from __future__ import annotations

import pytest

from vatra.contract.narrative import (
    OUTLINE,
    narrative_section,
    sections,
    split,
    with_section,
)
from vatra.contract.narrative_markdown import Grid, Items, Paragraph, pieces, plain

TEXT = "## outlook\n\nLast.\n\n## goal\n\nFirst line.\nSecond.\n"


def test_sections_come_in_the_order_of_the_outline_with_their_lines() -> None:
    found, wrong = split(TEXT, "narrative.en.md")
    assert list(found) == ["goal", "outlook"]
    assert (found["goal"].text, found["goal"].line) == ("First line.\nSecond.", 7)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("stray\n\n## goal\n\nx\n", "contract.narrative-before", 1),
        ("## gole\n\nx\n", "contract.narrative-key", 1),
        ("## goal\n\nx\n\n## Goal\n\ny\n", "contract.narrative-twice", 5),
    ],
)
def test_what_is_wrong_has_its_line(text: str, code: str, line: int) -> None:
    wrong = split(text, "narrative.en.md")[1]
    assert [(each.code, each.lines) for each in wrong] == [(code, (line,))]


def test_a_section_that_stands_twice_loses_nothing() -> None:
    assert split("## goal\nx\n## goal\ny\n", "f")[0]["goal"].text == "x\n\ny"


def test_a_new_section_comes_where_the_outline_has_it() -> None:
    text = with_section(TEXT, "introduction", "Hello.")
    assert text.index("## introduction") < text.index("## outlook")
    assert narrative_section(text, "goal") == "First line.\nSecond."


def test_a_heading_inside_a_section_opens_no_other_one() -> None:
    text = with_section("", "goal", "# Big\n\n## outlook\n\nwords")
    assert list(split(text, "f")[0]) == ["goal"]


def test_an_empty_text_takes_its_section_out_and_keeps_what_nobody_knows() -> None:
    text = with_section("note\n\n## goal\n\nx\n\n## own\n\nkept\n", "goal", "")
    assert "## goal" not in text
    assert "note" in text
    assert "kept" in text


def test_every_section_has_a_heading_and_a_hint_in_both_languages() -> None:
    assert len(sections()) == len(OUTLINE)
    assert all(each.title(lang) and each.hint(lang) for each in OUTLINE for lang in ("ro", "en"))


def test_markdown_is_read_as_pieces() -> None:
    found, odd = pieces(
        "One *two* **three** [four](https://x.org).\n\n- a\n  1. b\n\n|h|\n|-|\n|c|\n"
    )
    assert [type(each) for each in found] == [Paragraph, Items, Grid]
    assert odd == ()
    looks = [(each.text, each.strong, each.emphasis, each.link) for each in found[0].spans]
    assert ("three", True, False, "") in looks
    assert ("four", False, False, "https://x.org") in looks
    assert [(depth, mark) for depth, mark, _ in found[1].items] == [(0, "•"), (1, "1.")]
    assert plain("- a\n- b") == "• a\n• b"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<script>alert(1)</script>", "html"),
        ("a <b>c", "html"),
        ("[x](javascript:alert(1))", "link"),
        ("[x](file:" + "///etc/passwd)", "link"),
        ("![x](https://x.org/y.png)", "image"),
        ("`code`", "code"),
        ("> said", "quote"),
        ("***\n\nx", "rule"),
    ],
)
def test_what_is_not_understood_is_said_and_leads_nowhere(text: str, kind: str) -> None:
    found, odd = pieces(text)
    assert [each.kind for each in odd] == [kind]
    spans = [span for piece in found if isinstance(piece, Paragraph) for span in piece.spans]
    assert not any(each.link for each in spans)
