"""Addresses of the desk of a city, of help and of the glossary."""

from __future__ import annotations

from django.urls import path

from vatra.web.desk import views

app_name = "desk"
urlpatterns = [
    path("cities/<slug:slug>/work/", views.desk, name="desk"),
]
