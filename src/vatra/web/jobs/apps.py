from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "vatra.web.jobs"
    label = "jobs"
