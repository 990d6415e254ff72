from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import story_blocks
from cms.models.base import BasePage


class StoryIndexPage(BasePage):
    """All success stories."""

    template = "cms/pages/story_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.SuccessStoryPage"]

    class Meta:
        verbose_name = _("list of success stories")


class SuccessStoryPage(BasePage):
    """A firm that grew here, in its own words, with figures that say of when and from where they are."""

    class Colour(models.TextChoices):
        BLUE = "blue", _("Blue")
        GREEN = "green", _("Green")
        AMBER = "amber", _("Amber")
        VIOLET = "violet", _("Violet")
        RED = "red", _("Red")

    business = models.ForeignKey(
        "accounts.Business",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("business"),
    )
    business_name = models.CharField(_("name of the business"), max_length=80)
    programme = models.CharField(
        _("programme"),
        max_length=60,
        help_text=_("As readers know it, for example “Good Partner 1st cohort”."),
    )
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    told_on = models.DateField(_("date"), help_text=_("When the story was told."))
    quote = models.TextField(_("quote"), max_length=200, blank=True)
    quote_by = models.CharField(_("who said it"), max_length=80, blank=True)
    picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Empty: the ridge in the colour of the story."),
    )
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.BLUE)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    body = StreamField(story_blocks(), blank=True, verbose_name=_("content"))

    template = "cms/pages/story.html"
    kind = _("Success stories")
    parent_page_types: ClassVar[list[str]] = ["cms.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("business"),
                FieldRowPanel([FieldPanel("business_name"), FieldPanel("sector")]),
                FieldRowPanel([FieldPanel("programme"), FieldPanel("told_on")]),
                FieldPanel("is_demo"),
            ],
            heading=_("business"),
        ),
        MultiFieldPanel([FieldPanel("quote"), FieldPanel("quote_by")], heading=_("quote")),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("colour")], heading=_("picture")),
        InlinePanel("figures", label=_("figure"), heading=_("figures")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("programme"), index.FilterField("told_on")]

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")

    def extra_texts(self) -> list[str]:
        return [self.business_name, self.programme, self.sector, self.quote]


class StoryFigure(Orderable):
    """A figure of a story: what, how much, of which year, from whom."""

    page = ParentalKey(SuccessStoryPage, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(_("what it counts"), max_length=40)
    value = models.CharField(_("figure"), max_length=40)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    source = models.CharField(_("source"), max_length=80)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("source")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("figure")

    def __str__(self) -> str:
        return f"{self.label} {self.value} ({self.year})"
