from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "vatra.web.workspace"
    label = "workspace"
