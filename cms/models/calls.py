from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.blocks import article_blocks
from cms.models.base import BasePage


class CallIndexPage(BasePage):
    """All calls: open, coming, closed."""

    template = "cms/pages/call_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CallPage"]

    class Meta:
        verbose_name = _("list of calls")


class CallPage(BasePage):
    """A call as the public reads it. Dates, places and conditions come from the call itself."""

    call = models.OneToOneField(
        "incubator.Call", on_delete=models.PROTECT, related_name="page", verbose_name=_("call")
    )
    body = StreamField(article_blocks(), blank=True, verbose_name=_("content"))
    contact_name = models.CharField(
        _("contact"), max_length=80, blank=True, help_text=_("Empty: the contact of the whole site.")
    )
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    template = "cms/pages/call.html"
    kind = _("Calls")
    parent_page_types: ClassVar[list[str]] = ["cms.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("call"),
        FieldPanel("is_demo"),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("attachment"), heading=_("attachments")),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_phone"), FieldPanel("contact_email")],
            heading=_("contact"),
        ),
    ]

    class Meta:
        verbose_name = _("call page")

    def extra_texts(self) -> list[str]:
        return [self.call.title, self.call.eligibility]


class CallAttachment(Orderable):
    """A file of the call: the announcement, a form to fill in."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.PROTECT, related_name="+", verbose_name=_("document")
    )
    label = models.CharField(
        _("name shown"), max_length=120, blank=True, help_text=_("Empty: the title of the document.")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.label or self.document.title
