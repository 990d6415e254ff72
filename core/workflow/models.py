"""The history of every change, and the bases of what has one: with a lifecycle or without."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin


class Recorded(models.Model):
    """Base of every object whose changes are told: who, when, from what to what.

    ``version`` counts them, so that a page can tell that it is stale.
    """

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        abstract = True

    def history(self) -> "ChangeQuerySet":
        """What happened to this object, newest first: every change of its state, and every edit told of."""
        return Change.objects.about(self)


class Lifecycle(FSMModelMixin, Recorded):
    """Base of every object with a ``state``.

    The subclass declares ``state`` as a protected ``FSMField`` and its transitions as methods; ``perform`` is
    the only caller.
    """

    state: Any  # the FSMField of the subclass

    class Meta:
        abstract = True


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, obj: models.Model) -> "ChangeQuerySet":
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(content_type=kind, object_id=obj.pk).order_by("-at", "-pk")

    def steps(self) -> "ChangeQuerySet":
        """Changes of the state alone, without staff's edits: what those whom it is about may read."""
        return self.exclude(transition=Change.EDIT)

    def update(self, **_kwargs: Any) -> NoReturn:
        raise TypeError("the history is never edited")

    def delete(self) -> NoReturn:
        raise TypeError("the history is never deleted")


class Change(models.Model):
    """One change: from, to, who, why, when. Written by ``core.workflow`` only; never edited or deleted.

    ``EDIT`` is a change of facts without a change of state.
    """

    EDIT: ClassVar[str] = "edit"

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("object"))
    transition = models.CharField(_("transition"), max_length=60)
    source = models.CharField(_("from"), max_length=40)
    target = models.CharField(_("to"), max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"), db_index=True)

    objects: ClassVar[ChangeQuerySet] = ChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["content_type", "object_id", "-at"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "version"], name="one_change_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}: {self.source} → {self.target}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("the history is never edited")
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise TypeError("the history is never deleted")
