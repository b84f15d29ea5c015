from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "vatra.web.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The page of verification asks this room too."""
        from vatra.web.contracts.beside import ROOMS
        from vatra.web.publication.verifying import Room

        if not any(isinstance(each, Room) for each in ROOMS):
            ROOMS.append(Room())
