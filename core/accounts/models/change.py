from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.accounts.models.business import Business


class BusinessChange(models.Model):
    """One fact about a business that was changed: by whom, from what to what. Never edited.

    It has a table of its own, because it goes with its business when the last person of it leaves: the
    history in ``core.workflow`` is kept for good. What is kept is the plain value; ``before_shown`` and
    ``after_shown`` say it as people read it.
    """

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="changes", verbose_name=_("business")
    )
    field = models.CharField(_("fact"), max_length=40)
    before = models.CharField(_("from"), max_length=250, blank=True)
    after = models.CharField(_("to"), max_length=250, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of a business")
        verbose_name_plural = _("changes of businesses")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["business", "-at"])]

    def __str__(self) -> str:
        return f"{self.business_id} · {self.field}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("the history is never edited")
        super().save(**kwargs)

    @property
    def field_label(self) -> str:
        return str(Business._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001

    @property
    def before_shown(self) -> str:
        return self._shown(self.before)

    @property
    def after_shown(self) -> str:
        return self._shown(self.after)

    def _shown(self, value: str) -> str:
        if self.field == "kind":
            return str(Business.Kind(value).label)
        if self.field == "is_micro":
            return _now("Yes") if value == str(True) else _now("No")
        return value or "–"
