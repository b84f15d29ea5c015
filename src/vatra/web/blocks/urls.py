"""Addresses of a city's buildings."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.blocks import views, views_building, views_edit, views_quarter, views_renovation

app_name = "blocks"
urlpatterns = [
    path("cities/<slug:slug>/buildings/", views.buildings, name="buildings"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/buildings/list\.(?P<form>csv|json|geojson|parquet)$",
        views.list_file,
        name="list-file",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/buildings/tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/buildings/charts/(?P<name>[-a-z0-9]+)\.(?P<form>svg|csv|json)$",
        views.chart,
        name="chart",
    ),
    path("cities/<slug:slug>/buildings/number/<str:number>/", views.number, name="number"),
    path("cities/<slug:slug>/buildings/quarter/", views_quarter.quarter, name="quarter"),
    path(
        "cities/<slug:slug>/buildings/quarter/files/<str:name>",
        views_quarter.file,
        name="quarter-file",
    ),
    path("cities/<slug:slug>/buildings/edit/", views_edit.edit, name="edit"),
    path("cities/<slug:slug>/buildings/columns.csv", views_edit.columns, name="columns"),
    path("cities/<slug:slug>/building/<slug:code>/", views_building.building, name="building"),
    path(
        "cities/<slug:slug>/building/<slug:code>/renovation/",
        views_renovation.renovation,
        name="renovation",
    ),
]
