"""What is done to requests for a frame on another site: they come without cookies."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vatra.words import LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]
FRAMED = tuple(f"/{lang}/embed/" for lang in LANGUAGES)


def without_cookies(get_response: Handler) -> Handler:
    """A picture in a frame is the same for everybody: whoever asks, no session is opened."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(FRAMED):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return handle
