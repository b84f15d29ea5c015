"""Addresses of a city's plan."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.pathways import views, views_catalogue, views_laboratory

app_name = "pathways"
urlpatterns = [
    path("catalogue/", views_catalogue.listed, name="catalogue"),
    re_path(r"^catalogue\.(?P<form>csv|json)$", views_catalogue.listed_file, name="catalogue-file"),
    path("catalogue/<slug:name>/", views_catalogue.measure, name="measure"),
    path("cities/<slug:slug>/pathway/", views.pathway, name="pathway"),
    path("cities/<slug:slug>/laboratory/", views_laboratory.laboratory, name="laboratory"),
    path("cities/<slug:slug>/cost-curve/", views.cost_curve, name="cost-curve"),
    path("cities/<slug:slug>/pathway/number/<str:number>/", views.number, name="number"),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/pathway/tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json)$",
        views.table,
        name="table",
    ),
    re_path(
        r"^cities/(?P<slug>[-\w]+)/pathway/charts/(?P<name>[-a-z0-9]+)\.(?P<form>svg|csv|json)$",
        views.chart,
        name="chart",
    ),
]
