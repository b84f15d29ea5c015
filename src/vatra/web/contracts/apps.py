from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "vatra.web.contracts"
    label = "contracts"
    default_auto_field = "django.db.models.BigAutoField"
