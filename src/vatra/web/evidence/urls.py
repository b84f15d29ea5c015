"""Addresses of source files."""

from __future__ import annotations

from django.urls import path

from vatra.web.evidence import views, views_mapping, views_rows, views_templates

app_name = "evidence"
_HERE = "cities/<slug:slug>/work/evidence/"
_ONE = f"{_HERE}<int:pk>/"
urlpatterns = [
    path(_HERE, views.uploads, name="uploads"),
    path(f"{_HERE}templates/", views_templates.templates, name="templates"),
    path(f"{_HERE}templates/<str:table>.csv", views_templates.template, name="template"),
    path(_ONE, views.upload, name="upload"),
    path(f"{_ONE}replace/", views.replace, name="replace"),
    path(f"{_ONE}check/", views.check, name="check"),
    path(f"{_ONE}accept/", views.accept, name="accept"),
    path(f"{_ONE}reject/", views.reject, name="reject"),
    path(f"{_ONE}mapping/", views_mapping.mapping, name="mapping"),
    path(f"{_ONE}rows/", views_rows.rows, name="rows"),
    path(f"{_ONE}findings.csv", views_rows.findings, name="findings"),
    path(f"{_ONE}file/", views_rows.original, name="file"),
]
