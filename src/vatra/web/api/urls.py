"""Addresses of the pages about data for programs; the API's own stand in ``urls_v1``."""

from __future__ import annotations

from django.urls import path

from vatra.web.api import views

app_name = "api"
urlpatterns = [
    path("api/", views.docs, name="docs"),
    path("cities/<slug:slug>/data/", views.data, name="data"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
]
