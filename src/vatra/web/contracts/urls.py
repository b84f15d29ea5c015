"""Addresses of sealed contracts."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.contracts import views

app_name = "contracts"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("cities/<slug:slug>/findings/", views.findings, name="findings"),
    path("cities/<slug:slug>/contract/", views.contract, name="contract"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/contract/tables/(?P<name>[-a-z0-9.]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    path("cities/<slug:slug>/contract/files/<path:name>", views.file, name="file"),
]
