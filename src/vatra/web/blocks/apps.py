from django.apps import AppConfig


class BlocksConfig(AppConfig):
    name = "vatra.web.blocks"
    label = "blocks"
    default_auto_field = "django.db.models.BigAutoField"
