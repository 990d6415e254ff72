from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.models.base import BasePage


class HomePage(BasePage):
    """The front door. Everything on it but the two hero lines comes from the running programmes."""

    hero_title = models.CharField(
        _("headline"), max_length=60, help_text=_("Two short lines, separated by a slash (/).")
    )

    template = "cms/pages/home.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("intro")], heading=_("headline")),
    ]

    class Meta:
        verbose_name = _("home page")

    @property
    def hero_lines(self) -> list[str]:
        return [line.strip() for line in self.hero_title.split("/")]

    def extra_texts(self) -> list[str]:
        return [self.hero_title.replace("/", " ")]
