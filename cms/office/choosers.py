"""Choosing the business that a story is about: one that took part, out of a list with pages and a search."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.models import StoryIndexPage
from core.accounts.models import Business
from core.office.policy import RulePolicy
from core.whole_number import whole_number
from incubator.queries.public import businesses_taking_part


def may_write_stories(user: Any) -> bool:
    """Whether the person may put a story under the list of stories."""
    index = StoryIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


class SearchForm(BaseFilterForm):
    """By a part of the name."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        max_length=80,
        required=False,
    )

    def filter(self, objects: QuerySet[Business]) -> QuerySet[Business]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.filter(name__icontains=self.search_query)


class ForStoryWriters:
    """Closed to those who write no stories: the names of firms are no list for everybody."""

    filter_form_class = SearchForm
    ordering: ClassVar[list[str]] = ["name", "pk"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_write_stories(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_object_list(self) -> QuerySet[Business]:
        return businesses_taking_part()

    def get_object(self, pk: str) -> Business:
        return self.get_objects([pk]).get()

    def get_objects(self, pks: list[str]) -> QuerySet[Business]:
        known = [number for pk in pks if (number := whole_number(pk)) is not None]
        return businesses_taking_part().filter(pk__in=known)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("sector", label=_("Sector"))]  # type: ignore[misc]


class ChooseView(ForStoryWriters, chooser.ChooseView):
    pass


class ChooseResultsView(ForStoryWriters, chooser.ChooseResultsView):
    pass


class ChosenView(ForStoryWriters, chooser.ChosenView):
    pass


class ChosenMultipleView(ForStoryWriters, chooser.ChosenMultipleView):
    pass


class BusinessChooserViewSet(ChooserViewSet):
    model = Business
    name = "business_chooser"
    url_prefix = "content/businesses"
    icon = "group"
    choose_one_text = _("Choose a business")
    choose_another_text = _("Choose another business")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    permission_policy = RulePolicy(Business)  # nobody registers a business here
    register_widget = False

    def on_register(self) -> None:
        """The form takes what the chooser shows, and nothing else that is posted."""
        super().on_register()
        register_form_field_override(
            ForeignKey,
            to=Business,
            override=lambda _field: {"widget": self.widget_class, "queryset": businesses_taking_part()},
        )
