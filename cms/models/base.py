from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import korean

TITLE_WEIGHT = 3
"""How many times the title is put into the index: SQLite's ranking knows no other weights."""

Context = dict[str, Any]
P = TypeVar("P", bound="BasePage")
_contexts: dict[type["BasePage"], Callable[[Any, HttpRequest], Context]] = {}


def context_for(
    page_class: type[P],
) -> Callable[[Callable[[P, HttpRequest], Context]], Callable[[P, HttpRequest], Context]]:
    """Register what a view gives to the template of ``page_class``: models know no queries themselves."""

    def register(give: Callable[[P, HttpRequest], Context]) -> Callable[[P, HttpRequest], Context]:
        _contexts[page_class] = give
        return give

    return register


class BasePage(Page):
    """What all our pages share: a lead, a description for search engines, and Korean search."""

    intro = models.TextField(_("lead"), max_length=300, blank=True)

    kind: ClassVar[str | Promise] = _("Guide")
    """The name under which the search groups pages of this class."""

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("search_words")]

    private_page_options: ClassVar[list[str]] = []  # what is published is for everybody: no list need ask

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        give = _contexts.get(type(self))
        return {
            **super().get_context(request, *args, **kwargs),
            "canonical_url": f"{settings.SITE_URL}{self.get_url(request)}",
            **(give(self, request) if give else {}),
        }

    @property
    def meta_description(self) -> str:
        return self.search_description or Truncator(self.intro or self.readable_text()).chars(150)

    def readable_text(self) -> str:
        """All text of the page as a reader meets it, for the index and for excerpts."""
        return " ".join(text for text in [self.intro, *self.extra_texts(), *self._stream_texts()] if text)

    def extra_texts(self) -> list[str]:
        """Texts of the subclass that stand in plain fields."""
        return []

    def search_words(self) -> str:
        return korean.index_text(" / ".join([self.title] * TITLE_WEIGHT + [self.readable_text()]))

    def _stream_texts(self) -> list[str]:
        fields: list[Any] = [field for field in self._meta.fields if isinstance(field, StreamField)]
        return [text for field in fields for text in field.get_searchable_content(getattr(self, field.name))]
