from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "vatra.web.publication"
    label = "publication"
