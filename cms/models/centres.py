from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.blocks import article_blocks
from cms.models.base import BasePage


class CentreIndexPage(BasePage):
    """The district's start-up centres."""

    template = "cms/pages/centre_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CentrePage"]

    class Meta:
        verbose_name = _("list of centres")


class CentrePage(BasePage):
    """One centre: where it is and which rooms it has."""

    address = models.CharField(_("address"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    body = StreamField(article_blocks(), blank=True, verbose_name=_("content"))

    template = "cms/pages/centre.html"
    kind = _("Centres")
    parent_page_types: ClassVar[list[str]] = ["cms.CentreIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("address"), FieldRowPanel([FieldPanel("phone"), FieldPanel("hours")])],
            heading=_("Where and when"),
        ),
        InlinePanel("rooms", label=_("kind of room"), heading=_("rooms")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("centre")

    def extra_texts(self) -> list[str]:
        return [self.address]


class CentreRoom(Orderable):
    """A kind of room and how many there are."""

    page = ParentalKey(CentrePage, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("kind of room"), max_length=60)
    count = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("counted in"), max_length=10, default="실")
    people = models.PositiveSmallIntegerField(_("people per room"), null=True, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("people")]),
        FieldRowPanel([FieldPanel("count"), FieldPanel("unit")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("kind of room")

    def __str__(self) -> str:
        return f"{self.name} {self.count}{self.unit}"
