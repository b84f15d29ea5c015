"""Addresses of the API, without a language: programs ask with ``?lang=``."""

from __future__ import annotations

from vatra.web.api.v1 import patterns

app_name = "v1"
urlpatterns = patterns()
