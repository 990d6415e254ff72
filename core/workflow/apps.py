from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "core.workflow"
    verbose_name = "Workflow"

    def ready(self) -> None:
        from django_fsm.signals import pre_transition

        from core.workflow.perform import refuse_other_callers

        pre_transition.connect(refuse_other_callers, dispatch_uid="core.workflow.perform")
