"""The public pages of a city, made before the first visitor asks for them.

They lie on the shelf of ``vatra.web.cities.kept``, which all processes read and which hangs on the
address that was asked: where ``VATRA_URL`` does not say it, nothing is made ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import transaction
from django.urls import reverse

from vatra.web.base.own import OWN
from vatra.web.cities.kept import is_kept
from vatra.web.cities.models import City
from vatra.web.cities.views import TABS
from vatra.web.jobs.models import Job
from vatra.web.jobs.queue import enqueue
from vatra.words import LANGUAGES

KIND = "pages"
TITLE = "web.publication.pages-title"
# What visitors open first; the others are made when somebody asks.
AHEAD = ("overview", "inventory", "pathway")
PORTS = {"http": "80", "https": "443"}
Progress = Callable[[int, int], None]


def do_make_pages(*, city: City, progress: Progress) -> int:
    """Ask for every page of a city as a visitor would; returns how many lie ready then."""
    wanted = [_visit(address) for address in addresses(city)]
    for at, request in enumerate(wanted):
        progress(at, len(wanted))
        _door().get_response(request)
    return sum(1 for each in wanted if is_kept(each))


def addresses(city: City) -> list[str]:
    """The pages to be made of a city, in both languages, the first one first."""
    names = [TABS[tab] for tab in AHEAD]
    return [reverse(name, args=[lang, city.slug]) for name in names for lang in LANGUAGES]


def begin_pages(city_id: int) -> None:
    """Queue the making of a city's pages, unless it waits already or they lie there.

    Nobody asks for it: it follows from a publication, which is logged.
    """
    city = City.objects.filter(pk=city_id).first()
    if city is None or not is_missing(city):
        return
    with transaction.atomic():
        if Job.objects.filter(kind=KIND, city=city, state="waiting").exists():
            return
        enqueue(Job.objects.create(city=city, kind=KIND, title_key=TITLE, about=city.name))


def is_missing(city: City) -> bool:
    """Whether the city shows something to everybody, whose first page does not lie ready."""
    if not settings.PUBLIC_URL or not city.run_id or not city.is_listed:
        return False
    return is_kept(_visit(addresses(city)[0])) is False


def _visit(address: str) -> WSGIRequest:
    """What a browser without a session asks, through the proxy in front if there is one."""
    url = urlsplit(settings.PUBLIC_URL)
    return WSGIRequest(
        {
            OWN: True,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": url.hostname or "",
            "SERVER_PORT": str(url.port or PORTS[url.scheme]),
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": url.netloc,
            "HTTP_X_FORWARDED_PROTO": url.scheme,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": "http" if settings.HTTPS else url.scheme,
            "wsgi.input": BytesIO(),
        }
    )


@cache
def _door() -> WSGIHandler:
    return WSGIHandler()
