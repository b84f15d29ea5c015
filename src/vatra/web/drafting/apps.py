from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "vatra.web.drafting"
    label = "drafting"
