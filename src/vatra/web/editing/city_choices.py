"""What may stand in a line of ``city.yaml``: codes as they are kept, with names for people."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale

from vatra.factors import GWP_SETS, known_parameter_sets, known_sets
from vatra.tables import fold, label
from vatra.tables.numbers import STYLES
from vatra.tables.vocabulary import CLIMATES, GASES
from vatra.web.cities.naming import gwp_words, set_words
from vatra.words import LANGUAGES, Language, say

Options = tuple[tuple[str, str], ...]
# Codes of territories in Babel that are no countries of ISO 3166-1.
_NO_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
# Counties of Romania and its capital by ISO 3166-2:RO, as factors and calls name them.
_COUNTIES = {
    "AB": "Alba",
    "AG": "Argeș",
    "AR": "Arad",
    "B": "București",
    "BC": "Bacău",
    "BH": "Bihor",
    "BN": "Bistrița-Năsăud",
    "BR": "Brăila",
    "BT": "Botoșani",
    "BV": "Brașov",
    "BZ": "Buzău",
    "CJ": "Cluj",
    "CL": "Călărași",
    "CS": "Caraș-Severin",
    "CT": "Constanța",
    "CV": "Covasna",
    "DB": "Dâmbovița",
    "DJ": "Dolj",
    "GJ": "Gorj",
    "GL": "Galați",
    "GR": "Giurgiu",
    "HD": "Hunedoara",
    "HR": "Harghita",
    "IF": "Ilfov",
    "IL": "Ialomița",
    "IS": "Iași",
    "MH": "Mehedinți",
    "MM": "Maramureș",
    "MS": "Mureș",
    "NT": "Neamț",
    "OT": "Olt",
    "PH": "Prahova",
    "SB": "Sibiu",
    "SJ": "Sălaj",
    "SM": "Satu Mare",
    "SV": "Suceava",
    "TL": "Tulcea",
    "TM": "Timiș",
    "TR": "Teleorman",
    "VL": "Vâlcea",
    "VN": "Vrancea",
    "VS": "Vaslui",
}
# A command gives it, a file never does.
_GIVEN = "override"


def options_of(key: str, lang: Language, own_sets: Iterable[str] = ()) -> Options:
    """Code and name of all that a key may hold; empty for a key that holds anything."""
    if key == "country":
        return _countries(lang)
    if key == "region":
        return tuple(_COUNTIES.items())
    if key == "factor_sets":
        return factor_sets(lang, own_sets)
    return _fixed(key, lang)


@cache
def _fixed(key: str, lang: Language) -> Options:
    if key == "gwp_set":
        return tuple((each, gwp_words(each, lang)) for each in GWP_SETS)
    if key == "climate":
        return tuple((each, label("climate", each, lang)) for each in CLIMATES)
    if key == "gases":
        return tuple((each, say(f"web.editing.gas-{each.lower()}", lang)) for each in GASES)
    if key == "languages":
        return tuple((each, say(f"web.editing.language-{each}", lang)) for each in LANGUAGES)
    if key == "numbers":
        return tuple((each, say(f"web.editing.numbers-{each}", lang)) for each in STYLES)
    if key == "synthetic":
        return tuple((each, say(f"web.editing.synthetic-{each}", lang)) for each in _TRUTHS)
    return ()


_TRUTHS = ("true", "false")


@cache
def _countries(lang: Language) -> Options:
    names = Locale(lang).territories
    found = [
        (code, str(name))
        for code, name in ((str(each), names[each]) for each in names)
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda each: fold(each[1])))


def factor_sets(lang: Language, own: Iterable[str] = ()) -> Options:
    """Every set that ships, and those of the city's own tables."""
    codes = dict.fromkeys((*known_sets(), *known_parameter_sets(), *own))
    return tuple((each, set_words(each, lang)) for each in codes if each != _GIVEN)
