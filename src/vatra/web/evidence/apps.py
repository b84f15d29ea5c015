from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "vatra.web.evidence"
    label = "evidence"
