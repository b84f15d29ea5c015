"""A frozen report that somebody hands in on the page of verification: whose it is, and whether it
is as it was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from vatra.runs.monitor_frozen import FORMAT, altered_parts
from vatra.web.base.moments import day_words
from vatra.web.cities.queries import listed_cities
from vatra.web.contracts.beside import Papers
from vatra.web.contracts.reading import Unreadable, read_contract
from vatra.web.progress import reports
from vatra.web.progress.models import FrozenReport
from vatra.words import LANGUAGES, Language, say

FAMILY = FORMAT.partition("/")[0]
MOST_SHOWN = 100
# What stands around the content: it says nothing of its own.
_AROUND = ("seal", "digests")


@dataclass(frozen=True)
class Difference:
    """A place of the handed-in report that says something else than the frozen one."""

    path: str
    written: str
    sealed: str


@dataclass(frozen=True)
class Verdict:
    """What the check of a handed-in report found.

    ``parts`` sections that are not as the document's own seal says; ``same`` the report that was
    frozen here under its seal; ``meant`` the one of the city, year and edition that it names;
    ``differences`` from that one.
    """

    about: Mapping[str, str]
    seal: str
    parts: tuple[str, ...]
    same: FrozenReport | None
    meant: FrozenReport | None
    differences: tuple[Difference, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is whole, and was frozen here: anybody can put a seal on anything."""
        return not self.parts and self.same is not None

    @property
    def report(self) -> FrozenReport | None:
        return self.same or self.meant


def report_with_seal(seal: str) -> FrozenReport | None:
    """The frozen report of a seal, of a city that everybody may see."""
    found = FrozenReport.objects.filter(seal=seal, city__in=listed_cities()).exclude(
        city__folder=""
    )
    return found.select_related("city").first()


def check_report(content: Mapping[str, Any]) -> Verdict:
    """Hold a report against its own seal, and against what was frozen here."""
    city, report = _object(content, "city"), _object(content, "report")
    seal = str(_object(content, "seal").get("value", ""))[:100]
    parts = tuple(altered_parts(content))
    same = report_with_seal(seal) if not parts else None
    meant = same or _meant(city.get("code"), report.get("year"), report.get("number"))
    about = {
        "city": str(city.get("name", ""))[:200],
        "year": str(report.get("year", ""))[:10],
        "edition": str(report.get("number", ""))[:10],
    }
    differences: tuple[Difference, ...] = ()
    if meant is not None and same is None:
        frozen = reports.read_report(meant.city, meant.year, meant.edition) or {}
        differences = tuple(islice(_differences(_content(content), _content(frozen)), MOST_SHOWN))
    return Verdict(about, seal, parts, same, meant, differences)


def _object(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def _content(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in _AROUND}


def _meant(code: Any, year: Any, edition: Any) -> FrozenReport | None:
    """The report that a document says it is; what it says may be anything."""
    numbers = [each for each in (year, edition) if type(each) is int and 0 < each < 10_000]
    if not isinstance(code, str) or len(numbers) != 2:
        return None
    found = FrozenReport.objects.filter(
        city__in=listed_cities(), city__slug=code[:80], year=year, edition=edition
    ).exclude(city__folder="")
    return found.select_related("city").first()


def _differences(written: Any, sealed: Any, path: str = "") -> Iterator[Difference]:
    if isinstance(written, Mapping) and isinstance(sealed, Mapping):
        for name in [*sealed, *(each for each in written if each not in sealed)]:
            yield from _differences(
                written.get(name), sealed.get(name), f"{path}.{name}".strip(".")
            )
    elif isinstance(written, list) and isinstance(sealed, list) and len(written) == len(sealed):
        for at, (one, other) in enumerate(zip(written, sealed, strict=True)):
            yield from _differences(one, other, f"{path}.{at + 1}")
    elif written != sealed:
        yield Difference(path[:200], _words(written), _words(sealed))


def _words(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return "{…}" if isinstance(value, Mapping) else "[…]"
    return "" if value is None else str(value)[:200]


class Room:
    """This room on the page of verification: it knows reports, and no contracts."""

    def answer(self, request: HttpRequest, lang: Language, content: bytes) -> HttpResponse | None:
        """What is to be said of a report; None for everything else, also for what is broken."""
        if FAMILY.encode() not in content:
            return None
        try:
            document = read_contract(content)
        except Unreadable:
            return None
        if not isinstance(document, dict) or not str(document.get("format")).startswith(FAMILY):
            return None
        found = check_report(document)
        return render(request, "progress/verify_report.html", {"found": found})

    def document(self, seal: str) -> Mapping[str, Any] | None:
        return None

    def about(self, seal: str, lang: Language) -> Mapping[str, Any]:
        return {}

    def papers(self, seal: str, lang: Language) -> Papers | None:
        """The PDFs that a report was frozen with."""
        found = report_with_seal(seal)
        if found is None:
            return None
        city, year, edition = found.city, found.year, found.edition
        files = [reports.file_of(city, year, edition, "pdf", each) for each in LANGUAGES]
        document = reports.read_report(city, year, edition) or {}
        said: dict[str, Any] = {"city": city.name, "year": str(year), "edition": edition}
        return Papers(
            tuple(each.read_bytes() for each in files if each.is_file()),
            not altered_parts(document) and document["seal"]["value"] == found.seal,
            say("web.progress.handed-paper", lang, day=day_words(found.made_at, lang), **said),
            reverse("progress:report", args=[lang, city.slug, year, edition]),
        )
