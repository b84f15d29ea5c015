"""The catalogue of open data as other portals harvest it: DCAT-AP in JSON-LD.

DCAT-AP 3.0 (SEMIC, Interoperable Europe): a catalogue with title, description, publisher and
datasets; a dataset with title, description, licence of each distribution, period, publisher.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from vatra.web.api.datasets import Dataset, datasets
from vatra.web.cities.models import City
from vatra.web.cities.standing import Withdrawal, withdrawals
from vatra.web.cities.taken import words_of
from vatra.words import Language, say

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "adms": "http://www.w3.org/ns/adms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The table that DCAT-AP asks to take the status of a distribution from.
_WITHDRAWN = "http://publications.europa.eu/resource/authority/distribution-status/WITHDRAWN"
CITIES_AT_ONCE = 20
_IANA = "https://www.iana.org/assignments/media-types/"
Absolute = Callable[[str], str]


def catalog(cities: Iterable[City], lang: Language, absolute: Absolute, own: str) -> Iterator[str]:
    """The catalogue piece by piece, a city at a time; ``absolute`` makes an address whole."""
    head = {
        "@context": CONTEXT,
        "@id": absolute(own),
        "@type": "dcat:Catalog",
        "dct:title": {"@value": say("web.api.catalog-title", lang), "@language": lang},
        "dct:description": {"@value": say("web.api.catalog-about", lang), "@language": lang},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Vatra"},
        "dct:language": lang,
    }
    # The list of datasets is written as it is made: it never stands in memory whole.
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "dcat:dataset": ['
    between = ""
    for city, gone in _standing(cities):
        for each in datasets(city, lang):
            described = _dataset(city, each, lang, absolute, gone)
            yield between + json.dumps(described, ensure_ascii=False)
            between = ",\n"
    yield "]}\n"


def _standing(cities: Iterable[City]) -> Iterator[tuple[City, Withdrawal | None]]:
    """Each city with whether it took its figures back; asked once for some of them together."""
    every = iter(cities)
    while some := list(islice(every, CITIES_AT_ONCE)):
        gone = withdrawals(some)
        for each in some:
            yield each, gone.get(each.pk)


def _dataset(
    city: City, data: Dataset, lang: Language, absolute: Absolute, gone: Withdrawal | None
) -> dict[str, Any]:
    marks = [say("web.api.synthetic-mark", lang)] if data.synthetic else []
    marks += [say("web.api.withdrawn-mark", lang)] if gone else []
    title = f"{city.name}: {data.title}" + (f" ({', '.join(marks)})" if marks else "")
    found: dict[str, Any] = {
        "@id": absolute(f"/api/v1/cities/{city.slug}/datasets#{data.name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{city.slug}/{data.name}",
        "dct:title": {"@value": title, "@language": lang},
        "dct:description": {"@value": data.description or data.title, "@language": lang},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": city.name},
        "dct:spatial": city.name,
        "adms:versionNotes": " ".join([city.run_id, words_of(gone, lang)]).rstrip(),
        "dcat:distribution": [
            _distribution(data, each.form, each.media_type, absolute(each.url), gone)
            for each in data.files
        ],
    }
    if data.years:
        first, _, last = data.years.partition("/")
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": first, "@type": "xsd:gYear"},
            "dcat:endDate": {"@value": last or first, "@type": "xsd:gYear"},
        }
    return found


def _distribution(
    data: Dataset, form: str, media_type: str, url: str, gone: Withdrawal | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:format": form.upper(),
        "dcat:mediaType": {"@id": _IANA + media_type},
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
    }
    if gone:
        found["adms:status"] = {"@id": _WITHDRAWN}
    if data.licence:
        found["dct:license"] = data.licence
    return found
