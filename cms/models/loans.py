from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import article_blocks
from cms.models.base import BasePage


class LoanGuidePage(BasePage):
    """The funds' terms as they stand, what is left of them this year, and the repayment calculator."""

    body = StreamField(article_blocks(), blank=True, verbose_name=_("content"))

    template = "cms/pages/loan_guide.html"
    kind = _("Loans")
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("loan guide")
