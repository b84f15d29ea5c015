from django.apps import AppConfig


class InvestmentConfig(AppConfig):
    name = "vatra.web.investment"
    label = "investment"
    default_auto_field = "django.db.models.BigAutoField"
