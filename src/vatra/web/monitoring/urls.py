"""Addresses of a city's monitoring."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("cities/<slug:slug>/monitoring/", views.monitoring, name="monitoring"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/monitoring/report\.(?P<form>json|pdf)$",
        views.report,
        name="report",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/monitoring/tables/(?P<name>[-_a-z0-9]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/monitoring/charts/(?P<name>[-a-z0-9]+)\.(?P<form>svg|csv|json)$",
        views.chart,
        name="chart",
    ),
]
