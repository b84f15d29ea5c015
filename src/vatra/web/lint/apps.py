from django.apps import AppConfig


class LintConfig(AppConfig):
    name = "vatra.web.lint"
    label = "lint"
    default_auto_field = "django.db.models.BigAutoField"
