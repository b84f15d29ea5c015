"""Addresses of a city's pages."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.cities import views

app_name = "cities"
urlpatterns = [
    path("", views.cities, name="list"),
    path("cities/<slug:slug>/", views.overview, name="overview"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    path("cities/<slug:slug>/number/<str:number>/", views.number, name="number"),
]
