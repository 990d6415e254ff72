"""Wagtail asks a policy who may; ours asks the same rules as everything else."""

from collections.abc import Collection
from typing import Any

from django.db import models
from rules.permissions import has_perm
from wagtail.permission_policies.base import BasePermissionPolicy


class RulePolicy(BasePermissionPolicy):
    """Maps Wagtail's actions (``view``, ``add``, ``change``, ``delete``) to permissions in ``rules``.

    An action that is not named is closed to everybody; a superuser bypasses nothing.
    """

    def __init__(self, model: type[models.Model] | str, **permissions: str) -> None:
        super().__init__(model)
        self.permissions = permissions

    def user_has_permission(self, user: Any, action: str) -> bool:
        permission = self.permissions.get(action)
        return bool(permission and user.is_active and has_perm(permission, user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        permission = self.permissions.get(action)
        return bool(permission and user.is_active and has_perm(permission, user, instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> models.QuerySet[Any]:
        manager = self.model._default_manager  # noqa: SLF001
        return manager.all() if self.user_has_any_permission(user, actions) else manager.none()

    def users_with_any_permission(self, actions: Collection[str]) -> models.QuerySet[Any]:
        raise NotImplementedError("rules answer for one user at a time")
