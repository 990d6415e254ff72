"""The kit that every office room builds with: lists, detail pages and buttons on top of Wagtail's admin."""

from core.office.actions import Action, ActionForm
from core.office.policy import RulePolicy
from core.office.viewset import LifecycleViewSet, RecordViewSet

__all__ = ["Action", "ActionForm", "LifecycleViewSet", "RecordViewSet", "RulePolicy"]
