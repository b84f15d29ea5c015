"""Pictures that other sites may show in a frame: no session, no cookie, a policy of their own."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from vatra.web.base.addresses import absolute
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city, unknown_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.standing import withdrawal_of
from vatra.web.cities.views import city_page
from vatra.web.people.rules import may_read_city
from vatra.web.progress.charts import chart_names, chart_of
from vatra.web.progress.drawn import drawing
from vatra.web.progress.queries import Shown, public_outlook
from vatra.web.progress.views_public import public_chart
from vatra.words import LANGUAGES, Language

# As high as the picture of a path is on a phone, with its foot.
FRAME_HEIGHT = 560
FRAMED = {
    "default-src": [NONE],
    "style-src": [SELF],
    "font-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
HELD_SECONDS = 300


@require_safe
@xframe_options_exempt
@csp(FRAMED)  # type: ignore[arg-type]  # its types know only views without parts of addresses
def embed(request: HttpRequest, lang: Language, place: str, name: str) -> HttpResponse:
    """One picture for a frame on another site.

    The city's part of the address is not called ``slug`` here: what looks at it for who is signed
    in, for drafts and closed cities, would open a session. A closed city is not there.
    """
    city = access_city(PUBLIC, place, lang)
    if not may_read_city.allows(AnonymousUser(), city):
        raise unknown_city(place, lang)
    shown = public_outlook(city)
    found = public_chart(city, name, lang, "svg")
    gone = withdrawal_of(city)
    edition = reverse("publication:edition", args=[lang, place, gone.edition]) if gone else ""
    content = {
        "lang": lang,
        "city": city,
        "withdrawal": gone,
        "edition_url": absolute(request, edition) if edition else "",
        "drawing": drawing(found),
        "seal": _seal(city, shown),
        "back": absolute(request, reverse("progress:progress", args=[lang, place])),
    }
    # Without the request: nothing of it may come into the page.
    response = HttpResponse(render_to_string("progress/embed.html", content))
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={HELD_SECONDS}"
    return response


def _seal(city: City, shown: Shown) -> str:
    return shown.report.seal if shown.report is not None else city.run_id


@require_safe
def snippets(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What to paste into another site to show a picture there."""
    city = access_city(PUBLIC, slug, lang)
    document = public_outlook(city).outlook.document
    listed: list[dict[str, Any]] = []
    for name in chart_names(document) if document is not None else []:
        # The title of a frame is read out where the frame stands: in the frame's language.
        pictures = {code: chart_of(name, document or {}, code) for code in LANGUAGES}
        titles = {code: each.title for code, each in pictures.items() if each is not None}
        if lang not in titles:
            continue
        frames = [
            (code, absolute(request, reverse("progress:embed", args=[code, slug, name])), title)
            for code, title in titles.items()
        ]
        listed.append({"name": name, "title": titles[lang], "frames": frames})
    content = {"listed": listed, "height": FRAME_HEIGHT}
    return city_page(request, lang, city, "progress/snippets.html", content)
