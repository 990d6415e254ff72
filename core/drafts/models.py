"""The base of everything that is a draft before it is handed in."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """Counts the saves of its fields, and of what ``PARTS`` names besides them, such as files."""

    PARTS: ClassVar[dict[str, Any]] = {}

    marks: Any = models.JSONField(_("saves per field"), default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField(_("last saved at"), editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )

    class Meta:
        abstract = True

    @property
    def seen(self) -> str:
        """The marks as a page carries them back."""
        return json.dumps(self.marks)

    def label_of(self, part: str) -> str:
        """A part's name as people read it."""
        return str(self.PARTS.get(part) or self._meta.get_field(part).verbose_name)  # type: ignore[union-attr]

    def words_of(self, part: str, value: Any) -> str:
        """A value of a field as people read it."""
        known = dict(getattr(self._meta.get_field(part), "flatchoices", ()))
        if isinstance(value, int):
            return f"{value:,}"
        return str(known.get(value, value or ""))
