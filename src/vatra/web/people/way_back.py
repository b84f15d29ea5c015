"""The page that wanted a second proof: who has set one up is led back to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

WAY_BACK = "way_back"
LONGEST = 500


def own_page(url: str) -> str:
    """The address if it is one of ours, without scheme and host; else nothing."""
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours and len(url) <= LONGEST else ""


def asking_back(url: str, back: str) -> str:
    """An address that is told the page to lead back to."""
    return f"{url}?{urlencode({REDIRECT_FIELD_NAME: back})}" if own_page(back) else url


def keep(request: HttpRequest) -> None:
    """Remember the page that sent the person here, over the steps that setting up takes."""
    where = own_page(request.GET.get(REDIRECT_FIELD_NAME, ""))
    if where and request.user.is_authenticated:
        request.session[WAY_BACK] = where


def take(request: HttpRequest) -> str:
    """The page to lead back to, once; nothing if no page asked."""
    return own_page(str(request.session.pop(WAY_BACK, "")))


def forget(request: HttpRequest) -> None:
    """Who goes another way is not led back later."""
    request.session.pop(WAY_BACK, None)
