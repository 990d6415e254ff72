"""Finds every URL that is ours: its view, or the model that a Wagtail view was made for, is in our packages."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("config", "core", "incubator", "loans", "impact", "cms", "demo")


def our_urls() -> dict[str, str]:
    """Every URL of ours: its full name (or, if it has none, its route in angle brackets) and its route."""
    return {name: route for name, (route, _view) in _ours().items()}


def posted_to() -> set[str]:
    """Those of our URLs whose view takes a POST."""
    return {name for name, (_route, view) in _ours().items() if "POST" in methods_of(view)}


def methods_of(view: Callable[..., Any]) -> set[str]:
    """What a view answers to: what its decorator or its class lets through, else everything."""
    for layer in _layers(view):
        names = getattr(layer.__code__, "co_freevars", ())
        if "request_method_list" in names:  # require_POST and its like
            return set(layer.__closure__[names.index("request_method_list")].cell_contents)
        view_class = getattr(layer, "view_class", None)
        if view_class is not None:
            allowed = layer.view_initkwargs.get("http_method_names", view_class.http_method_names)
            return {name.upper() for name in allowed if hasattr(view_class, name)}
    return {"GET", "HEAD", "POST"}


@cache
def _ours() -> dict[str, tuple[str, Callable[..., Any]]]:
    found: dict[str, tuple[str, Callable[..., Any]]] = {}
    for name, route, pattern in _walk(get_resolver(), "", ""):
        if _is_ours(pattern):
            found.setdefault(name or f"<{route}>", (route, pattern.callback))
    return found


def _walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, here)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else "", here, pattern


def _is_ours(pattern: URLPattern) -> bool:
    return any(map(_layer_is_ours, _layers(pattern.callback)))


def _layers(view: Callable[..., Any]) -> Iterator[Any]:
    """The view under each of its decorators, the outermost first."""
    layer: Any = view
    while layer is not None:
        yield layer
        layer = getattr(layer, "__wrapped__", None)


def _layer_is_ours(view: Any) -> bool:
    view_class: Any = getattr(view, "view_class", None)
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(view_class, "model", None)
    kinds = [view, *getattr(view_class, "__mro__", ())]
    if isinstance(model, type) and issubclass(model, Model):
        kinds.append(model)
    return any(kind.__module__.split(".")[0] in OURS for kind in kinds)
