from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from core.committees.models import Decision


def decisions_about(model: type[Model]) -> QuerySet[Decision]:
    """What committees decided about subjects of ``model``, the newest first."""
    return (
        Decision.objects.filter(item__content_type=ContentType.objects.get_for_model(model))
        .select_related("item__meeting__committee")
        .order_by("-decided_at", "-pk")
    )


def decision_about(subject: Model) -> Decision | None:
    """The newest one about ``subject``."""
    return decisions_about(type(subject)).filter(item__object_id=subject.pk).first()
