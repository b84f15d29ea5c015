"""Addresses of the desk of a city, of help and of the glossary."""

from __future__ import annotations

from django.urls import path

from vatra.web.desk import views, views_help

app_name = "desk"
urlpatterns = [
    path("cities/<slug:slug>/work/", views.desk, name="desk"),
    path("cities/<slug:slug>/work/draft/", views.draft, name="draft"),
    path("help/", views_help.help_pages, name="help"),
    path("help/<str:name>/", views_help.topic, name="topic"),
    path("glossary/", views_help.glossary, name="glossary"),
]
