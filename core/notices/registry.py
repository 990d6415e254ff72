"""Who is told what when a state changes: each app's ``notices.py`` registers its handlers here."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from core.workflow.models import Change, Lifecycle

Handler: TypeAlias = Callable[[Change, Any], None]
H = TypeVar("H", bound=Handler)

_handlers: dict[tuple[str, str], list[Handler]] = defaultdict(list)


def on(model_label: str, transition: str) -> Callable[[H], H]:
    """Call the decorated ``handler(change, obj)`` inside the transaction of that transition.

    ``model_label`` is like ``incubator.Application``. The handler queues notices, nothing else.
    """

    def register(handler: H) -> H:
        _handlers[(model_label.lower(), transition)].append(handler)
        return handler

    return register


def tell(sender: type[Lifecycle], *, obj: Lifecycle, change: Change, **_signal: Any) -> None:
    """The receiver of ``state_changed``."""
    for handler in _handlers.get((sender._meta.label_lower, change.transition), ()):  # noqa: SLF001
        handler(change, obj)
