"""Addresses of the linter."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.lint import views, views_kept

app_name = "lint"
_ADDRESS = r"(?P<address>[-\w]{10,43})"
urlpatterns = [
    path("lint/", views.check, name="check"),
    path("lint/example.md", views.example, name="example"),
    path("lint/report/", views.report, name="report"),
    re_path(r"^lint/findings\.(?P<form>csv|json)$", views.findings, name="findings"),
    path("lint/keep/", views_kept.keep, name="keep"),
    re_path(rf"^lint/reports/{_ADDRESS}/$", views_kept.kept, name="kept"),
    re_path(
        rf"^lint/reports/{_ADDRESS}/findings\.(?P<form>csv|json)$",
        views_kept.findings,
        name="kept-findings",
    ),
    re_path(rf"^lint/reports/{_ADDRESS}/(?P<key>[-\w]{{10,43}})/$", views_kept.own, name="own"),
]
