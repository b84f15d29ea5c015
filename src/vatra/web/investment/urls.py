"""Addresses of a city's investment plan; its tables are those of the sealed contract."""

from __future__ import annotations

from django.urls import path

from vatra.web.investment import views

app_name = "investment"
urlpatterns = [
    path("cities/<slug:slug>/investment/", views.investment, name="investment"),
]
