from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vatra.web.api"
    label = "api"
