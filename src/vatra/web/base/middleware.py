"""What is done to every request: its language, and the policies of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vatra.web.base.errors import NotReady
from vatra.web.base.language import language_of
from vatra.web.base.views import error_page

Handler = Callable[[HttpRequest], HttpResponse]


def language(get_response: Handler) -> Handler:
    """Set ``request.lang``, and say in the answer which language it is in."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.lang = language_of(request)  # type: ignore[attr-defined]
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.setdefault("Content-Language", request.lang)  # type: ignore[attr-defined]
        return response

    return handle


def policies(get_response: Handler) -> Handler:
    """No camera, no place, no foreign use: nothing here needs them."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not getattr(response, "xframe_options_exempt", False):
            # Here too: static files, redirects and refused hosts never reach Django's own place.
            response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response

    return handle


class SayNotReady:
    """Turns ``NotReady`` into a page that says the next step."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, NotReady):
            return None
        return error_page(request, 503, "not-ready", problem.message(language_of(request)))
