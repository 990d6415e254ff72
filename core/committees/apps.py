from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "core.committees"
    verbose_name = "Committees"

    def ready(self) -> None:
        from core.accounts import worklist
        from core.committees import rules  # noqa: F401 — names the permissions
        from core.committees.worklist import todos
        from core.privacy.registry import data_subject, register_data_subject

        worklist.register(todos)
        register_data_subject("committees.AgendaItem", lambda item: data_subject(item.subject))
