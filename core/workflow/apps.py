from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "core.workflow"
    verbose_name = "Workflow"
