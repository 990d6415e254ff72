"""Viewsets of the office: what Wagtail gives, closed unless opened, with transitions as buttons."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.admin_url_finder import NullAdminURLFinder
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.errors import NotNow, Stale
from core.forms import add_errors
from core.office.actions import Action, ActionForm
from core.office.exports import CarefulExport
from core.office.policy import RulePolicy
from core.privacy.requests import address_of
from core.privacy.services import record_reading
from core.whole_number import whole_number
from core.workflow.models import Recorded
from core.workflow.telling import changes_since

Scope = Callable[[Any], models.QuerySet[Any]]


class ScopedIndexView(CarefulExport, generic.IndexView):
    """A list of what this person may see."""

    scope: Scope | None = None
    show_other_searches = False

    def get_base_queryset(self) -> models.QuerySet[Any]:
        assert self.scope is not None  # noqa: S101 — the viewset always gives one
        return self.scope(self.request.user)

    def get_list_buttons(self, instance: Any) -> list[Any]:
        """The row's name leads to its page, where everything else is."""
        return []

    def get_edit_url(self, instance: Any) -> str | None:
        """The name of a row leads to its page where it has one, else to its form."""
        return None if self.inspect_url_name else super().get_edit_url(instance)


class CreateView(generic.CreateView):
    """Makes one, and leads on to its page where it has one. Offers to edit it only where that is possible."""

    inspect_url_name: str | None = None

    def get_page_url(self) -> str | None:
        return reverse(self.inspect_url_name, args=(self.object.pk,)) if self.inspect_url_name else None

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.edit_url_name else self.get_page_url()

    def get_success_buttons(self) -> list[Any]:
        return super().get_success_buttons() if self.edit_url_name else []

    def get_success_url(self) -> str:
        return self.get_page_url() or super().get_success_url()


class DeleteView(generic.DeleteView):
    """Deletes what nothing else stands on."""

    def delete_action(self) -> None:
        try:
            super().delete_action()
        except models.ProtectedError as error:
            raise NotNow from error


class DetailView(generic.InspectView):
    """One thing whole: its facts, what is behind them, what can be done, what has happened."""

    scope: Scope | None = None
    actions: Sequence[Action] = ()
    act_url_name = ""
    details: Callable[[HttpRequest, Any], dict[str, Any]] | None = None

    def get_object(self, queryset: Any = None) -> Any:
        assert self.scope is not None  # noqa: S101
        found = self.scope(self.request.user).filter(pk=self.pk).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        plural = self.model._meta.verbose_name_plural  # noqa: SLF001
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": str(plural)},
            {"url": "", "label": str(self.object)},
        ]

    def open_actions(self, bound: dict[str, ActionForm] | None = None) -> list[dict[str, Any]]:
        """The actions open to this person now, each with its form and where it posts to."""
        return [
            {
                "action": action,
                "form": (bound or {}).get(action.name)
                or action.form_class(obj=self.object, user=self.request.user, prefix=None),
                "url": reverse(self.act_url_name, args=(self.object.pk, action.name)),
            }
            for action in self.actions
            if action.is_open(self.object, self.request.user)
        ]

    def get_fields(self) -> list[str]:
        return []

    def render_to_response(self, context: Any, **response_kwargs: Any) -> HttpResponse:
        """A page that cannot be noted in the access log is not shown."""
        record_reading(by=self.request.user, obj=self.object, ip=address_of(self.request))
        response: HttpResponse = super().render_to_response(context, **response_kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["open_actions"] = self.open_actions(bound)
        if hasattr(self.object, "history"):
            context["changes"] = self.object.history().select_related("by")[:50]
        if self.details is not None:
            context |= self.details(self.request, self.object)
        return context


class ActView(DetailView):
    """Takes the post of an action's button; shows the page again when the input was wrong."""

    http_method_names: ClassVar[list[str]] = ["get", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.detail_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = self._action(kwargs["action"])
        if not action.is_now(self.object):
            raise self._too_late()
        form = action.form_class(request.POST, request.FILES, obj=self.object, user=request.user)
        if form.is_valid():
            fields = dict(form.cleaned_data)
            version = fields.pop("version")
            try:
                action.run(by=request.user, obj=self.object, expected_version=version, **fields)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, str(action.done))
                return redirect(self.detail_url)
        context = self.get_context_data(bound={action.name: form})
        return self.render_to_response(context, status=422)

    def _action(self, name: str) -> Action:
        for action in self.actions:
            if action.name == name:
                if not action.is_for(self.object, self.request.user):
                    raise PermissionDenied
                return action
        raise Http404

    def _too_late(self) -> NotNow:
        """What others did since the page was drawn, where the object keeps a history."""
        seen = whole_number(self.request.POST.get("version", ""))
        if not isinstance(self.object, Recorded) or seen is None:
            return NotNow()
        changes = changes_since(self.object, seen)
        return Stale(changes=changes) if changes else NotNow()

    @cached_property
    def detail_url(self) -> str:
        return reverse(self.act_url_name.replace(":act", ":inspect"), args=(self.object.pk,))


class RecordViewSet(ModelViewSet):
    """A list and a detail page, to read. Subclasses open what more they need.

    ``view_permission`` names the rule that opens both; ``scope(user)`` is the query they read.
    """

    view_permission = ""
    add_permission = ""
    change_permission = ""
    delete_permission = ""
    scope: Any = None
    details: Any = None
    actions: Sequence[Action] = ()
    detail_template_name = "office/detail.html"
    index_view_class = ScopedIndexView
    add_view_class = CreateView
    inspect_view_class = DetailView
    act_view_class = ActView
    delete_view_class = DeleteView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: ClassVar[list[str]] = []

    @cached_property
    def permission_policy(self) -> RulePolicy:
        named = {
            "view": self.view_permission,
            "add": self.add_permission,
            "change": self.change_permission,
            "delete": self.delete_permission,
        }
        return RulePolicy(self.model, **{action: name for action, name in named.items() if name})

    @property
    def url_finder_class(self) -> Any:
        """Where Wagtail leads to from elsewhere: the row's form, where it can be changed here at all."""
        return super().url_finder_class if self.change_permission else NullAdminURLFinder

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", **kwargs: Any) -> Any:
        """As every other form of the office; Wagtail's viewsets pass its register of fields by."""
        return formfield_for_dbfield(db_field, **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        without = {"usage_url_name": None, "history_url_name": None}  # we have no such pages
        if not self.change_permission:
            without["edit_url_name"] = None
        if not self.delete_permission:
            without["delete_url_name"] = None
        return super().get_common_view_kwargs(
            scope=type(self).scope, details=type(self).details, actions=self.actions, **{**without, **kwargs}
        )

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_inspect_view_kwargs(
            template_name=self.detail_template_name, act_url_name=self.get_url_name("act"), **kwargs
        )

    @property
    def act_view(self) -> Any:
        return self.construct_view(self.act_view_class, **self.get_inspect_view_kwargs())

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
        if self.inspect_view_enabled:
            patterns.append(path("<int:pk>/", self.inspect_view, name="inspect"))
        if self.add_permission:
            patterns.append(path("new/", self.add_view, name="add"))
        if self.change_permission:
            patterns.append(path("edit/<int:pk>/", self.edit_view, name="edit"))
        if self.delete_permission:
            patterns.append(path("delete/<int:pk>/", self.delete_view, name="delete"))
        if self.actions:
            patterns.append(path("<int:pk>/<slug:action>/", self.act_view, name="act"))
        return patterns


class LifecycleViewSet(RecordViewSet):
    """A record with a state: its transitions are buttons that post to services, never a form field."""
