"""Files that people take away from a city's pages: what they are called, and whether the city
still stands by them. What leaves the page leaves its banner behind."""

from __future__ import annotations

from datetime import UTC
from typing import Any, TypeVar

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from vatra.contract.charts import Chart
from vatra.web.base.moments import day_words
from vatra.web.base.parquet import MEDIA_TYPE, parquet_of
from vatra.web.base.tables import Table
from vatra.web.cities.models import City
from vatra.web.cities.standing import Withdrawal, withdrawal_of
from vatra.words import Language, say

Answer = TypeVar("Answer", bound=HttpResponseBase)


def file_name(city: City, name: str, form: str, *, synthetic: bool | None = None) -> str:
    """Name of a file that is taken away: synthetic data says so wherever it goes. ``synthetic``
    as the city is unless said."""
    is_synthetic = city.synthetic if synthetic is None else synthetic
    return f"{'synthetic-' if is_synthetic else ''}{city.slug}-{name}.{form}"


def taken(
    response: Answer,
    city: City,
    name: str,
    form: str,
    lang: Language,
    *,
    synthetic: bool | None = None,
) -> Answer:
    """A file with its name, and with its standing where no column of it could say that."""
    gone = withdrawal_of(city)
    return _named(response, file_name(city, name, form, synthetic=synthetic), gone, lang)


def _named(response: Answer, name: str, gone: Withdrawal | None, lang: Language) -> Answer:
    mark = "withdrawn-" if gone else ""
    response["Content-Disposition"] = f'attachment; filename="{mark}{name}"'
    return marked(response, gone, lang)


def marked(response: Answer, gone: Withdrawal | None, lang: Language) -> Answer:
    """An answer that says in its headers that the city took its figures back."""
    for name, value in headers_of(gone, lang).items():
        response[name] = value
    return response


def headers_of(gone: Withdrawal | None, lang: Language) -> dict[str, str]:
    """Since when figures no longer hold and where that is explained (RFC 9745); none for
    figures that the city stands by."""
    if gone is None:
        return {}
    return {
        "Deprecation": f"@{int(gone.on.timestamp())}",
        "Link": f'<{page_of(gone, lang)}>; rel="deprecation"; type="text/html"',
    }


def as_data(gone: Withdrawal, lang: Language) -> dict[str, Any]:
    """A withdrawal as programs read it."""
    return {
        "edition": gone.edition,
        "on": gone.on.astimezone(UTC).isoformat(),
        "reason": gone.reason,
        "page_url": page_of(gone, lang),
    }


def page_of(gone: Withdrawal, lang: Language) -> str:
    """The page of the edition that was taken back."""
    return reverse("publication:edition", args=[lang, gone.slug, gone.edition])


def words_of(gone: Withdrawal | None, lang: Language) -> str:
    """That a city took back what it shows, in a sentence; empty where it stands by it."""
    if gone is None:
        return ""
    return say("web.cities.withdrawn", lang, number=gone.edition, day=day_words(gone.on, lang))


def data_of(
    shown: Table, synthetic: bool, gone: Withdrawal | None, lang: Language
) -> dict[str, Any]:
    """A table as plain data; ``withdrawn`` only where the city took its figures back."""
    return shown.as_dict(synthetic) | ({"withdrawn": as_data(gone, lang)} if gone else {})


def table_file(
    city: City, shown: Table, form: str, lang: Language, *, synthetic: bool | None = None
) -> HttpResponse:
    """A table as CSV, JSON or Parquet; synthetic data says so in its name and inside."""
    is_synthetic = city.synthetic if synthetic is None else synthetic
    gone = withdrawal_of(city)
    if form == "json":
        content = data_of(shown, is_synthetic, gone, lang)
        options = {"ensure_ascii": False, "indent": 1}
        return marked(JsonResponse(content, json_dumps_params=options), gone, lang)
    if form == "parquet":
        response = HttpResponse(parquet_of([shown], is_synthetic), content_type=MEDIA_TYPE)
    else:
        text = shown.as_csv(is_synthetic)
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    return _named(response, file_name(city, shown.id, form, synthetic=is_synthetic), gone, lang)


def chart_file(
    city: City, chart: Chart, name: str, *, synthetic: bool | None = None
) -> HttpResponse:
    """A picture as SVG; a line below it says when the city took its figures back."""
    gone = withdrawal_of(city)
    drawn = chart.svg("light", mark=words_of(gone, chart.lang))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    return _named(response, file_name(city, name, "svg", synthetic=synthetic), gone, chart.lang)
