"""``perform`` is the only caller of transitions, and nothing writes a state past it."""

import ast
from io import IOBase
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django_fsm import FSMFieldMixin

from core.workflow.diagrams import lifecycles

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "core", "incubator", "loans", "impact", "cms", "demo", "scripts")
# What files and querysets can do is read over here; for those names there is the lock in the door itself.
EVERYDAY = frozenset(dir(QuerySet)) | frozenset(dir(IOBase)) | {"open"}
WRITES = frozenset({"update", "update_or_create", "bulk_update"})
# Calls that only share the name of a transition, as they are written in the source.
NAMESAKES = {
    ("core/payments/stripe.py", "_client().v1.checkout.sessions.expire"),
    ("demo/stand_in/api.py", "self.expire"),
    ("demo/stand_in/server.py", "api.expire"),
    ("cms/services/pages.py", "page.save_revision(user=by).publish"),
}


def transitions():
    """The names of all transitions of all lifecycles."""
    return {
        name
        for model in lifecycles()
        for name in dir(model)
        if hasattr(getattr(model, name, None), "_django_fsm")
    }


def plain_states():
    """Names of models with a ``state`` that is no lifecycle: what a job notes about its own progress."""
    ours = {model.__name__ for model in lifecycles()}
    with_state = {
        model.__name__
        for model in apps.get_models()
        if any(field.name == "state" for field in model._meta.get_fields())
    }
    return with_state - ours


def sources():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def offences(source, names, plain=frozenset()):
    """What in ``source`` calls a transition or writes a state: (line, what is called).

    ``plain`` names the models whose state is no lifecycle; only a query that begins with one may write it.
    """
    tree = ast.parse(source)
    modules = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            receiver = node.func.value
            of_module = isinstance(receiver, ast.Name) and receiver.id in modules
            if node.func.attr in names - EVERYDAY and not of_module:
                yield node.lineno, ast.unparse(node.func)
            if node.func.attr in WRITES and writes_state(node) and root(receiver) not in plain:
                yield node.lineno, ast.unparse(node)


def root(node):
    """The name that a chain of attributes and calls begins with: ``Notice`` of ``Notice.objects.filter()``."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def imported(tree):
    """Names of modules and signals, which have functions and no state: what was imported in lower case."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.asname or alias.name for node in imports for alias in node.names}
    return {name for name in names if name.islower()}


def writes_state(call):
    in_keywords = any(keyword.arg == "state" for keyword in call.keywords)
    in_fields = call.func.attr == "bulk_update" and any(
        isinstance(node, ast.Constant) and node.value == "state" for node in ast.walk(call)
    )
    return in_keywords or in_fields


def test_every_state_is_protected_from_assignment():
    for model in lifecycles():
        field = model._meta.get_field("state")
        assert isinstance(field, FSMFieldMixin), model
        assert field.protected, model


def test_nothing_but_perform_calls_a_transition():
    names, plain = transitions(), plain_states()
    found = [
        f"{path}:{line}  {what}"
        for path, source in sources()
        for line, what in offences(source, names, plain)
        if (path, what) not in NAMESAKES
    ]
    assert not found, "call core.workflow.perform instead (or list a namesake):\n" + "\n".join(found)


def test_the_list_of_namesakes_is_current():
    names = transitions()
    present = {(path, what) for path, source in sources() for _, what in offences(source, names)}
    assert sorted(NAMESAKES - present) == []


@pytest.mark.parametrize(
    "source",
    [
        "application.submit()",
        "self.application.submit(at=now)",
        "Application.objects.filter(pk=1).update(state='selected')",
        "Application.objects.update_or_create(pk=1, state='selected')",
        "Application.objects.bulk_update(rows, ['state'])",
    ],
)
def test_the_scanner_finds_an_offence(source):
    """The negative control."""
    assert len(list(offences(source, {"submit"}, {"Notice"}))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "perform(application, 'submit', by=user)",
        "rows.update(name='x')",
        "Notice.objects.filter(state='pending').update(state='sent')",
        "rows.filter(state='draft')",
        "submit()",
    ],
)
def test_the_scanner_leaves_the_innocent_alone(source):
    assert list(offences(source, {"submit"}, {"Notice"})) == []
