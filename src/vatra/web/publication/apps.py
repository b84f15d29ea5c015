from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_save


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

        post_save.connect(_shows_something_new, sender="cities.City", dispatch_uid="pages-ahead")
        if not any(isinstance(each, Room) for each in ROOMS):
            ROOMS.append(Room())
        if not any(isinstance(each, Editions) for each in REGISTERS):
            REGISTERS.append(Editions())


def _shows_something_new(sender: Any, instance: Any, **more: Any) -> None:
    from vatra.web.publication.ahead import begin_pages

    city_id = instance.pk
    transaction.on_commit(lambda: begin_pages(city_id), robust=True)
