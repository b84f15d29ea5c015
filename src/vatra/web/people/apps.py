from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vatra.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vatra.web.people import signals

        signals.connect()
