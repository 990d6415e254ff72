"""접속기록: who dealt with whose data, when, from where and why. Written once, chained by hashes."""

import hashlib
import json
from datetime import UTC
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise TypeError("the access log is never edited")

    def delete(self) -> NoReturn:
        raise TypeError("the access log is never deleted")


class AccessLog(models.Model):
    """One access. Each row's hash covers its content and the hash before it, so a change shows."""

    class Action(models.TextChoices):
        VIEW = "view", _("Viewed")
        DOWNLOAD = "download", _("Downloaded")
        EXPORT = "export", _("Exported")
        CHANGE = "change", _("Changed")

    sequence = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    ip = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose data"),
    )
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of object")
    )
    object_id = models.PositiveBigIntegerField(_("object"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects: ClassVar[AccessLogQuerySet] = AccessLogQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering: ClassVar[list[str]] = ["-sequence"]

    def __str__(self) -> str:
        return f"#{self.sequence}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("the access log is never edited")
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise TypeError("the access log is never deleted")

    def computed_hash(self) -> str:
        """The hash that this content must have."""
        content = [
            self.previous_hash,
            self.sequence,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.by_id,
            self.ip or "",
            self.owner_id,
            self.action,
            self.content_type_id,
            self.object_id,
            self.reason,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


class AccessLogHead(models.Model):
    """The end of the chain: locked while a row is added, and proof that no row was cut off at the end.

    And its beginning: the first row that is still kept, and the hash that this row follows.
    """

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    first_sequence = models.PositiveBigIntegerField(default=1)
    first_follows = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("end of the access log")
        verbose_name_plural = _("ends of the access log")

    def __str__(self) -> str:
        return f"#{self.sequence}"
