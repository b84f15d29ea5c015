"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from vatra.web.jobs import views

app_name = "jobs"
_JOB = "cities/<slug:slug>/work/jobs/<int:pk>/"
urlpatterns = [
    path(_JOB, views.job, name="job"),
    path(f"{_JOB}part/", views.part, name="part"),
    path(f"{_JOB}cancel/", views.cancel, name="cancel"),
    path(f"{_JOB}repeat/", views.repeat, name="repeat"),
]
