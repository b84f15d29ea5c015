"""Addresses of a city's pages."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.cities import views, views_inventory, views_rows

app_name = "cities"
urlpatterns = [
    path("", views.cities, name="list"),
    path("cities/<slug:slug>/", views.overview, name="overview"),
    path("cities/<slug:slug>/inventory/", views_inventory.inventory, name="inventory"),
    path(
        "cities/<slug:slug>/inventory/completeness/",
        views_inventory.completeness,
        name="completeness",
    ),
    path("cities/<slug:slug>/inventory/gpc/", views_inventory.gpc, name="gpc"),
    path("cities/<slug:slug>/inventory/doubt/", views_inventory.doubt, name="doubt"),
    path("cities/<slug:slug>/inventory/years/", views_inventory.years, name="years"),
    path("cities/<slug:slug>/inventory/rows/", views_rows.rows, name="rows"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/inventory/rows\.(?P<form>csv|json|parquet)$",
        views_rows.rows_file,
        name="rows-file",
    ),
    path("cities/<slug:slug>/inventory/compare/", views_rows.compare, name="compare"),
    path("methods/<str:name>/", views_inventory.method, name="method"),
    path("cities/<slug:slug>/measures/", views.measures, name="measures"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json|parquet)$",
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
