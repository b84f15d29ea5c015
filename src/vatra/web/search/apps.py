from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vatra.web.search"
    label = "search"
