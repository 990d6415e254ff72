from importlib import import_module
from operator import attrgetter
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.documents.registry import register_owner


class IncubatorConfig(AppConfig):
    name = "incubator"
    verbose_name = _("Incubator")

    def ready(self) -> None:
        rules = import_module("incubator.rules")
        register_owner(
            "incubator.Application",
            can_view=rules.can_view_application,
            can_change=rules.can_upload_to,
            person=attrgetter("applicant"),
        )
        register_owner(
            "incubator.ApplicationVersion",
            can_view=rules.can_view_version,
            can_change=_nobody,
            person=attrgetter("application.applicant"),
        )


def _nobody(user: Any, owner: Any) -> bool:
    """What was handed in is never changed."""
    return False
