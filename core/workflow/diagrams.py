"""Draws a lifecycle as it stands in the code: a Mermaid state diagram and a table of who may do what."""

from typing import Any, NamedTuple

from django.apps import apps
from django.utils.text import camel_case_to_spaces
from django.utils.translation import override

from core.workflow.models import Lifecycle

HEADING = "<!-- Made from the code by `make diagrams`. Do not edit. -->"


class Arrow(NamedTuple):
    """One transition from one state to one state."""

    source: str
    target: str
    name: str
    who: str


def lifecycles() -> list[type[Lifecycle]]:
    """Every model with a lifecycle, by app and name; without those that only tests have."""
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, Lifecycle) and not model.__module__.startswith("tests.")
    ]
    return sorted(found, key=_name)


def _name(model: type[Lifecycle]) -> tuple[str, str]:
    return model._meta.app_label, model.__name__  # noqa: SLF001 — Django's own, documented


def _field(model: type[Lifecycle]) -> Any:
    options: Any = model._meta  # noqa: SLF001
    return options.get_field("state")


def file_name(model: type[Lifecycle]) -> str:
    app, name = _name(model)
    return f"{app}-{camel_case_to_spaces(name).replace(' ', '-')}.md"


def index(models: list[type[Lifecycle]]) -> str:
    lines = [HEADING, "", "# The lifecycles", ""]
    lines += [f"- [{' · '.join(_name(model))}]({file_name(model)})" for model in models]
    return "\n".join([*lines, ""])


def page(model: type[Lifecycle]) -> str:
    """The page of one lifecycle."""
    field = _field(model)
    with override("ko"):
        labels = {str(value): str(label) for value, label in field.flatchoices}
        title = str(model._meta.verbose_name)  # noqa: SLF001
    drawn = arrows(model)
    leaving = {arrow.source for arrow in drawn}
    return "\n".join(
        [
            *(HEADING, "", f"# {model.__name__} · {title}", "", "```mermaid", "stateDiagram-v2"),
            *(f"    {state}: {label}" for state, label in labels.items()),
            f"    [*] --> {field.get_default()}",
            *(f"    {arrow.source} --> {arrow.target}: {arrow.name}" for arrow in drawn),
            *(f"    {state} --> [*]" for state in labels if state not in leaving),
            *("```", "", "| transition | from | to | who |", "|---|---|---|---|"),
            *_table(drawn),
            "",
        ]
    )


def arrows(model: type[Lifecycle]) -> list[Arrow]:
    """The transitions of ``model``, in the order of its states."""
    field = _field(model)
    states = [str(value) for value, _ in field.flatchoices]
    found = set()
    for transition in field.get_all_transitions(model):
        allowed = [transition.permission] if transition.permission else []
        allowed += ["the platform"] if transition.custom.get("system") else []
        targets = getattr(transition.target, "allowed_states", None) or [transition.target]
        for source in states if transition.source in {"*", "+"} else [str(transition.source)]:
            for target in targets:
                # a transition without a target leaves the state as it is
                found.add(Arrow(source, str(target or source), transition.name, ", ".join(allowed)))
    order = {state: at for at, state in enumerate(states)}
    return sorted(found, key=lambda arrow: (order[arrow.source], order[arrow.target], arrow.name))


def _table(drawn: list[Arrow]) -> list[str]:
    rows: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in drawn:
        rows.setdefault((arrow.name, arrow.target), []).append(arrow)
    return [
        f"| `{name}` | {', '.join(arrow.source for arrow in group)} | {target} | {group[0].who} |"
        for (name, target), group in rows.items()
    ]
