"""Addresses of tables, comments and scenarios."""

from __future__ import annotations

from django.urls import path

from vatra.web.editing import (
    views_blocks,
    views_city,
    views_comments,
    views_paste,
    views_plan,
    views_rows,
    views_tables,
)

app_name = "editing"
TABLES = "cities/<slug:slug>/work/tables/"
TABLE = TABLES + "<slug:name>/"
COMMENTS = "cities/<slug:slug>/work/comments/"
urlpatterns = [
    path(TABLES, views_tables.tables, name="tables"),
    path(TABLES + "city/", views_city.city, name="city"),
    path(TABLES + "catalogue/", views_plan.catalogue, name="catalogue"),
    path(TABLES + "effect/<int:before>/<int:after>/", views_plan.effect, name="effect"),
    path(TABLES + "scenarios/", views_plan.scenarios, name="scenarios"),
    path(TABLES + "scenarios/keep/", views_plan.keep, name="scenario-keep"),
    path(TABLES + "scenarios/compare/", views_plan.compare, name="scenario-compare"),
    path(TABLES + "scenarios/<int:pk>/plan/", views_plan.make_plan, name="scenario-plan"),
    path(TABLES + "scenarios/<int:pk>/drop/", views_plan.drop, name="scenario-drop"),
    path(TABLES + "take/buildings/", views_blocks.buildings, name="take-buildings"),
    path(TABLES + "take/quarter/", views_blocks.quarter, name="take-quarter"),
    path(TABLE, views_tables.table, name="table"),
    path(TABLE + "template.csv", views_tables.template, name="template"),
    path(TABLE + "paste/", views_paste.paste, name="paste"),
    path(TABLE + "rows/new/", views_rows.new, name="row-new"),
    path(TABLE + "rows/<int:line>/", views_rows.row, name="row"),
    path(TABLE + "rows/<int:line>/remove/", views_rows.remove, name="row-remove"),
    path(TABLE + "rows/<int:line>/<slug:column>/", views_rows.cell, name="cell"),
    path(TABLE + "undo/<int:number>/", views_rows.undo, name="undo"),
    path(COMMENTS, views_comments.comments, name="comments"),
    path(COMMENTS + "new/", views_comments.new, name="comment-new"),
    path(COMMENTS + "<int:pk>/", views_comments.thread, name="thread"),
    path(COMMENTS + "<int:pk>/state/", views_comments.state, name="thread-state"),
    path(COMMENTS + "<int:pk>/seen/", views_comments.seen, name="thread-seen"),
    path(COMMENTS + "<int:pk>/edit/<int:comment>/", views_comments.edit, name="comment-edit"),
]
