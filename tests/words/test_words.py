import re
import string

import pytest

from vatra import words


def test_numbers_as_written_in_each_language():
    assert words.number(1167223, "ro") == "1.167.223"
    assert words.number(1167223, "en") == "1,167,223"
    assert words.number(0.27746, "ro", 5) == "0,27746"
    assert words.number(-12.5, "en") == "\u221212.5"


def test_what_rounds_to_zero_has_no_sign():
    assert words.number(-0.4, "en", 0) == "0"
    assert words.percent(-0.0001, "ro", 1) == "0,0\u00a0%"


def test_percent_has_a_space_in_romanian_only():
    assert words.percent(0.1863, "en", 2) == "18.63%"
    assert words.percent(0.1863, "ro", 2) == "18,63\u00a0%"


def test_tonnes_are_read_from_milligrams():
    assert words.tonnes(1_167_223_000_000_000, "ro") == "1.167.223\u00a0t"


def test_euros_in_billions_and_millions():
    assert words.euros(609_000_000_000, "en") == "EUR\u00a06.09\u00a0bn"
    assert words.euros(609_000_000_000, "ro") == "6,09\u00a0mld.\u00a0EUR"
    assert words.euros(1_600_000_000, "en") == "EUR\u00a016\u00a0m"
    assert words.euros(123_400, "ro") == "1.234\u00a0EUR"


def test_unknown_text_is_named():
    with pytest.raises(KeyError, match="tables.no-such-text"):
        words.say("tables.no-such-text", "en")


def test_unknown_language_is_named():
    with pytest.raises(ValueError, match="'de'"):
        words.language("de")


def _forms():
    for key, entry in words.texts().items():
        forms = {"": entry} if "en" in entry else entry
        for name, form in forms.items():
            yield f"{key}.{name}".removesuffix("."), form


def test_every_text_stands_in_both_languages_with_the_same_blanks():
    faults = []
    for key, form in _forms():
        if set(form) != set(words.LANGUAGES):
            faults.append(f"{key}: has {sorted(form)}")
            continue
        blanks = {
            lang: {name for _, name, _, _ in string.Formatter().parse(form[lang]) if name}
            for lang in words.LANGUAGES
        }
        if key.endswith(".one"):
            # "1 fault" and "o eroare": one is the only number of this form in both languages.
            blanks = {lang: names - {"count"} for lang, names in blanks.items()}
        if blanks["en"] != blanks["ro"]:
            faults.append(f"{key}: blanks differ {blanks}")
    assert not faults, "\n".join(faults)


def test_no_text_is_marked_up():
    """Neither a page nor a terminal turns backticks into anything; a word is quoted instead."""
    assert [key for key, form in _forms() if any("`" in text for text in form.values())] == []


@pytest.mark.slow
def test_romanian_uses_comma_below_never_cedilla():
    assert [key for key, form in _forms() if re.search("[şţŞŢ]", form.get("ro", ""))] == []
