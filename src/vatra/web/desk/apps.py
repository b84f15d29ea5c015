from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vatra.web.desk"
    label = "desk"
