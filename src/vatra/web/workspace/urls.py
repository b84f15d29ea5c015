"""Addresses of a city's versions."""

from __future__ import annotations

from django.urls import path

from vatra.web.workspace import views

app_name = "workspace"
WORK = "cities/<slug:slug>/work/"
urlpatterns = [
    path("new-city/", views.new_city, name="new-city"),
    path(WORK + "start/", views.start, name="start"),
    path(WORK + "history/", views.history, name="history"),
    path(WORK + "history/<int:number>/", views.version, name="version"),
    path(WORK + "history/<int:number>/undo/", views.undo, name="undo"),
    path(WORK + "history/<int:number>/restore/", views.restore, name="restore"),
    path(WORK + "compare/", views.compare, name="compare"),
    path(WORK + "findings/", views.findings, name="findings"),
    path(WORK + "preview/", views.preview, name="preview"),
]
