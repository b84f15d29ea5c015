from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "vatra.web.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The page of verification asks this room too, and pages of cities what still stands."""
        from vatra.web.cities.standing import REGISTERS
        from vatra.web.contracts.beside import ROOMS
        from vatra.web.publication.queries import Editions
        from vatra.web.publication.verifying import Room

        if not any(isinstance(each, Room) for each in ROOMS):
            ROOMS.append(Room())
        if not any(isinstance(each, Editions) for each in REGISTERS):
            REGISTERS.append(Editions())
