"""Widths and characters come from the shipped font itself."""

from __future__ import annotations

from vatra.contract.charts.canvas import balanced, wrapped
from vatra.contract.charts.typeface import SEMIBOLD, font_folder, text_width, typeface, writable


def test_widths_follow_the_font() -> None:
    # Inter has 2048 units an em; its zero is 1264 wide in Regular: 10 * 1264 / 2048 = 6.17.
    face = typeface()
    assert face.units_per_em == 2048
    assert face.advances[ord("0")] * 10 / 2048 == text_width("0", 10)
    assert text_width("Cluj", 10) == sum(text_width(letter, 10) for letter in "Cluj")
    assert text_width("mm", 10, SEMIBOLD) > text_width("ii", 10, SEMIBOLD)


def test_the_font_has_what_both_languages_write() -> None:
    for letters in ("ăâîșțĂÂÎȘȚ", "„”“’–−·…%", "₂₃₄₆"):
        assert writable(letters) == letters


def test_what_the_font_lacks_is_an_empty_box_and_a_line_end_a_space() -> None:
    assert writable("a\nb\tc") == "a b c"
    assert writable("丁\x00") == "□□"


def test_two_ways_to_write_a_letter_are_one() -> None:
    assert writable("s\u0326t\u0326") == "șț"


def test_the_license_travels_with_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (font_folder() / "OFL.txt").read_text("utf-8")


def test_lines_are_no_wider_than_asked() -> None:
    words = "Renovarea a 40.000 de apartamente și " + "x" * 80
    for line in wrapped(words, 120, 13):
        assert text_width(line, 13) <= 120
    assert wrapped(words, 120, 13, line_count=1)[0].endswith("…")


def test_a_heading_has_lines_about_as_long_as_each_other() -> None:
    words = "one two three four five six seven"
    lines = balanced(words, text_width("one two three four five six", 13), 13)
    assert len(lines) == 2
    assert " ".join(lines) == words
    assert len(lines[1]) > len("seven")
