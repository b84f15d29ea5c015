from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vatra.web.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vatra.web.search import signals

        signals.connect()
