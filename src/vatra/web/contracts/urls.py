"""Addresses of sealed contracts."""

from __future__ import annotations

from django.urls import path

from vatra.web.contracts import views

app_name = "contracts"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
]
