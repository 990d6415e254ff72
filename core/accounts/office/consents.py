"""The consent texts: a change of wording is a new version; a version is never edited."""

from typing import Any, ClassVar

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn

from core.accounts.models import ConsentText
from core.fields import DateField, DateInput
from core.office import RecordViewSet


def texts_for_office(user: Any) -> QuerySet[ConsentText]:
    allowed = user.has_perm("accounts.view_consenttext")
    return ConsentText.objects.all() if allowed else ConsentText.objects.none()


class ConsentTextForm(WagtailAdminModelForm):
    class Meta:
        model = ConsentText
        fields = ("purpose", "kind", "title", "body", "required", "effective_on")
        field_classes = {"effective_on": DateField}
        widgets = {"effective_on": DateInput}

    def save(self, commit: bool = True) -> ConsentText:
        """The next version of its kind; two at once meet the table's own constraint."""
        same = ConsentText.objects.filter(purpose=self.instance.purpose, kind=self.instance.kind)
        self.instance.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        return super().save(commit)


class ConsentTextViewSet(RecordViewSet):
    model = ConsentText
    name = "consent_texts"
    url_prefix = "consent-texts"
    icon = "doc-full"
    menu_label = _("Consent texts")
    menu_order = 710
    add_to_settings_menu = True
    view_permission = "accounts.view_consenttext"
    add_permission = "accounts.add_consenttext"
    scope = texts_for_office
    detail_template_name = "accounts/office/consent_text.html"
    list_filter: ClassVar[list[str]] = ["purpose", "kind"]
    search_fields: ClassVar[list[str]] = ["title"]
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("purpose", label=_("Used for"), accessor="get_purpose_display", sort_key="purpose"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("version", label=_("Version"), classname="gp-number"),
        BooleanColumn("required", label=_("Required")),
        DateColumn("effective_on", label=_("In force from"), sort_key="effective_on"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ConsentTextForm]:
        return ConsentTextForm
