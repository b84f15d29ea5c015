"""Addresses of a city's pages."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.cities import views

app_name = "cities"
urlpatterns = [
    path("", views.cities, name="list"),
    path("cities/<slug:slug>/", views.overview, name="overview"),
    path("cities/<slug:slug>/inventory/", views.inventory, name="inventory"),
    path("cities/<slug:slug>/pathway/", views.pathway, name="pathway"),
    path("cities/<slug:slug>/measures/", views.measures, name="measures"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/charts/(?P<name>[-_a-z0-9]+)\.(?P<form>svg|csv|json)$",
        views.chart,
        name="chart",
    ),
    path("cities/<slug:slug>/number/<str:number>/", views.number, name="number"),
]
