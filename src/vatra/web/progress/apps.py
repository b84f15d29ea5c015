from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "vatra.web.progress"
    label = "progress"
