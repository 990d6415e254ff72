from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import article_blocks
from cms.models.base import BasePage


class ProgrammeIndexPage(BasePage):
    """All programmes of the district."""

    template = "cms/pages/programme_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.ProgrammePage"]

    class Meta:
        verbose_name = _("list of programmes")


class ProgrammePage(BasePage):
    """One programme. Its stages are not told here: they belong to each call and are shown from there."""

    programme = models.OneToOneField(
        "incubator.Programme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="page",
        verbose_name=_("programme"),
        help_text=_("Calls of this programme are listed on the page."),
    )
    body = StreamField(article_blocks(), blank=True, verbose_name=_("content"))

    template = "cms/pages/programme.html"
    kind = _("Programmes")
    parent_page_types: ClassVar[list[str]] = ["cms.ProgrammeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*BasePage.content_panels, FieldPanel("programme"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.FilterField("programme")]

    class Meta:
        verbose_name = _("programme page")
