from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "vatra.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        from vatra.web.cities.origins import TELLERS
        from vatra.web.evidence.telling import tell

        if tell not in TELLERS:
            TELLERS.append(tell)
