"""Addresses of a city's plan."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.pathways import views, views_laboratory

app_name = "pathways"
urlpatterns = [
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
