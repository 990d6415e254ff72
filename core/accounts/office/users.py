"""People and their roles: managed by administrators, read by auditors; each look is logged."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.users.views import users as wagtail_users

from core.accounts.models import User
from core.accounts.office.forms import UserCreationForm, UserEditForm
from core.accounts.roles import Role
from core.office import RulePolicy
from core.privacy.requests import address_of
from core.privacy.services import record_access


def _role_names(user: User) -> str:
    names = {group.name for group in user.groups.all()}
    return ", ".join(str(role.label) for role in Role if role in names)


class UserIndexView(wagtail_users.IndexView):
    search_fields: ClassVar[list[str]] = ["name", "email"]
    any_permission_required: ClassVar[list[str]] = ["view"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=_role_names),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.prefetch_related("groups")

    def get_edit_url(self, instance: User) -> str | None:
        may = self.permission_policy.user_has_permission_for_instance(self.request.user, "change", instance)
        return super().get_edit_url(instance) if may else None

    def get_delete_url(self, instance: User) -> None:
        """People are made inactive, not deleted: their history stays."""


class UserEditView(wagtail_users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(request.user, "change", self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._record("view")
        return super().get(request, *args, **kwargs)

    def save_instance(self) -> Any:
        saved = super().save_instance()
        self._record("change")
        return saved

    def _record(self, action: Any) -> None:
        record_access(
            by=self.request.user,
            action=action,
            owner=self.object,
            obj=self.object,
            ip=address_of(self.request),
        )


class UserViewSet(wagtail_users.UserViewSet):
    index_view_class = UserIndexView
    edit_view_class = UserEditView
    create_template_name = "accounts/office/user_create.html"
    edit_template_name = "accounts/office/user_edit.html"
    inspect_view_enabled = False
    copy_view_enabled = False

    @cached_property
    def permission_policy(self) -> RulePolicy:
        names = {name: f"accounts.{name}_user" for name in ("view", "add", "change")}
        return RulePolicy(User, **names)

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm | UserEditForm]:
        return UserEditForm if for_update else UserCreationForm
