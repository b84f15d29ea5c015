"""For who watches an installation: may pages be answered, and its metrics."""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vatra.web.ops.checks import FREE_MB_ERROR, MB, free_disk, pending_migrations
from vatra.web.ops.metrics import exposition
from vatra.words import LANGUAGES

PLAIN = "text/plain; version=0.0.4; charset=utf-8"
SECURITY_TXT_DAYS = 90
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when work can be taken on, 503 with what is missing: database, tables or disk."""
    found = {"database": _answers(), "tables": False, "disk": _has_room()}
    found["tables"] = found["database"] and _has_tables()
    status = 200 if all(found.values()) else 503
    return JsonResponse({"ready": status == 200, **found}, status=status)


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _has_tables() -> bool:
    try:
        need_tables()
    except (DatabaseError, LookupError):
        return False
    return True


@cache
def need_tables() -> None:
    """Raise ``LookupError`` while migrations wait. Once none does, this version has its tables."""
    if pending := pending_migrations():
        raise LookupError(pending)


def _has_room() -> bool:
    return free_disk()[0] >= FREE_MB_ERROR * MB


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); nothing where nobody was named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + timedelta(days=SECURITY_TXT_DAYS)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for the allowed addresses only; for others there is nothing here."""
    if not may_read_metrics(request):
        raise Http404
    return HttpResponse(exposition(), content_type=PLAIN)


def may_read_metrics(request: HttpRequest) -> bool:
    """Whether the request comes straight from an allowed address.

    What came through a proxy has the proxy's address, so it never may: anybody could stand behind.
    """
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in settings.METRICS_FROM)
