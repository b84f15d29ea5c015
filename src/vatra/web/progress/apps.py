from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "vatra.web.progress"
    label = "progress"

    def ready(self) -> None:
        """The page of verification knows frozen reports too."""
        from vatra.web.contracts.beside import ROOMS
        from vatra.web.progress.verifying import Room

        if not any(isinstance(each, Room) for each in ROOMS):
            ROOMS.append(Room())
