from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import article_blocks
from cms.models.base import BasePage


class NewsIndexPage(BasePage):
    """All news, latest first."""

    template = "cms/pages/news_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")


class NewsPage(BasePage):
    """A piece of news."""

    dated = models.DateField(_("date"))
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    body = StreamField(article_blocks(), verbose_name=_("content"))

    template = "cms/pages/news.html"
    kind = _("News")
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("dated"),
        FieldPanel("is_demo"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("dated")]

    class Meta:
        verbose_name = _("news")


class StandardPage(BasePage):
    """Whatever needs no form of its own: privacy policy, terms, accessibility."""

    body = StreamField(article_blocks(), verbose_name=_("content"))

    template = "cms/pages/standard.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
