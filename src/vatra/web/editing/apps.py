from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "vatra.web.editing"
    label = "editing"
