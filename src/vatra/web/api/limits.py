"""How often somebody may ask: counted in the database, so that all workers count together."""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from vatra.web.api.models import Meter

SECONDS = 60
# Minutes that are over are forgotten by every so manieth new row.
KEPT_MINUTES = 5
CLEAR_EVERY = 50


@dataclass(frozen=True)
class Count:
    """How a caller stands in this minute."""

    limit: int
    count: int
    wait_seconds: int

    @property
    def is_over(self) -> bool:
        return self.count > self.limit

    @property
    def left(self) -> int:
        return max(0, self.limit - self.count)

    def headers(self) -> dict[str, str]:
        """What an answer says of it."""
        found = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(self.wait_seconds),
        }
        return found | ({"Retry-After": str(self.wait_seconds)} if self.is_over else {})


def counted(who: str, limit: int) -> Count:
    """Count one more request of a caller.

    A database that cannot be written stops nobody from reading.
    """
    now = int(time.time())
    minute, wait = now // SECONDS, SECONDS - now % SECONDS
    try:
        with transaction.atomic():
            count = _add(_hidden(who), minute)
    except DatabaseError:
        count = 0
    return Count(limit, count, wait)


def _hidden(who: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"api {who}".encode(), hashlib.sha256).hexdigest()[:32]


def _add(who: str, minute: int) -> int:
    """One statement, so that two workers never count over each other."""
    table = connection.ops.quote_name(Meter._meta.db_table)
    sql = (
        f"INSERT INTO {table} (who, minute, count) VALUES (%s, %s, 1) "
        f"ON CONFLICT (who, minute) DO UPDATE SET count = {table}.count + 1 RETURNING id, count"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [who, minute])
        pk, count = cursor.fetchone()
    if count == 1 and pk % CLEAR_EVERY == 0:
        Meter.objects.filter(minute__lt=minute - KEPT_MINUTES).delete()
    return int(count)
