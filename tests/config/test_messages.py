"""Extracting, filling and checking the catalogues, and the Korean that Wagtail lacks."""

import json
import re
from pathlib import Path

import allauth
import django
import polib
import pytest
import wagtail
from django.utils.translation import gettext, ngettext, override

from config import messages

PACKAGES = [Path(package.__file__).parent for package in (django, wagtail, allauth)]
NAMED = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project with code and a template of its own."""
    monkeypatch.setattr(messages, "BASE_DIR", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    for name in ("core", "templates"):
        (tmp_path / name).mkdir()
    (tmp_path / "core" / "forms.py").write_text(
        'x = _("Name")\ny = ngettext("%(n)s row", "%(n)s rows", n)\nz = pgettext("verb", "Order")\n',
        encoding="utf-8",
    )
    (tmp_path / "templates" / "page.html").write_text(
        "<p>{% translate 'Hello' %}</p>\n"
        "  {% blocktranslate with who=user trimmed %}\n    Signed in as {{ who }}\n  {% endblocktranslate %}\n",
        encoding="utf-8",
    )
    return tmp_path


def run(*arguments):
    return messages.main([str(argument) for argument in arguments])


def fill(project, translations):
    path = project / "fill.json"
    path.write_text(json.dumps(translations), encoding="utf-8")
    assert run("fill", path) == 0


ALL = {
    "Name": "이름",
    "%(n)s row": ["%(n)s줄"],
    "verb\u0004Order": "주문하기",
    "Hello": "안녕하세요",
    "Signed in as %(who)s": "%(who)s 님",
}


def test_extract_finds_code_and_templates(project, capsys):
    assert run("extract") == 0
    run("missing")
    assert set(json.loads(capsys.readouterr().out.split("\n", 1)[1])) == set(ALL)


def test_fill_then_check_then_compile(project, capsys):
    fill(project, ALL)
    assert run("check") == 0
    assert run("compile") == 0
    catalogue = polib.mofile(str(project / "locale/ko/LC_MESSAGES/django.mo"))
    assert {entry.msgid for entry in catalogue} == {key.split("\u0004")[-1] for key in ALL}


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ({"Hello": ""}, "untranslated: 'Hello'"),
        ({"Signed in as %(who)s": "%(whom)s 님"}, "placeholders differ"),
        ({"%(n)s row": ["줄"]}, "placeholders differ"),
    ],
)
def test_check_fails_on(project, capsys, translations, problem):
    fill(project, {**ALL, **translations})
    assert run("check") == 1
    assert problem in capsys.readouterr().err


def test_check_fails_on_a_fuzzy_entry(project, capsys):
    fill(project, ALL)
    path = project / "locale/ko/LC_MESSAGES/django.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "Hello"', '#, fuzzy\nmsgid "Hello"'), encoding="utf-8"
    )
    assert run("check") == 1
    assert "fuzzy: 'Hello'" in capsys.readouterr().err


def test_check_fails_on_a_stale_catalogue(project, capsys):
    fill(project, ALL)
    (project / "core" / "forms.py").write_text('x = _("Full name")\n', encoding="utf-8")
    assert run("check") == 1
    told = capsys.readouterr().err
    assert "not in the catalogue: 'Full name'" in told
    assert "no longer in the source: 'Name'" in told


def test_what_leaves_the_source_is_kept_until_pruned(project, capsys):
    fill(project, ALL)
    source = (project / "core" / "forms.py").read_text(encoding="utf-8")
    (project / "core" / "forms.py").write_text("", encoding="utf-8")
    run("extract")
    assert run("check") == 1
    assert "obsolete: 'Name'" in capsys.readouterr().err
    (project / "core" / "forms.py").write_text(source, encoding="utf-8")
    run("extract")
    assert run("check") == 0
    (project / "core" / "forms.py").write_text("", encoding="utf-8")
    run("extract", "--prune")
    assert run("check") == 0


def test_a_broken_file_is_named_and_retires_nothing(project, capsys):
    fill(project, ALL)
    (project / "core" / "forms.py").write_text("x = _('Name'\n'''", encoding="utf-8")
    assert run("extract") == 1
    assert "core/forms.py" in capsys.readouterr().err
    assert "이름" in (project / "locale/ko/LC_MESSAGES/django.po").read_text(encoding="utf-8")


def test_a_wrong_command_explains_itself(capsys):
    assert run() == 2
    assert "fill FILE.json" in capsys.readouterr().err


def strings_of_packages(domain):
    found = {}
    for package in PACKAGES:
        for path in package.rglob(f"locale/en/LC_MESSAGES/{domain}.po"):
            for entry in polib.pofile(str(path)):
                found[messages.key_of(entry)] = entry
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_korean_for_packages_fits_their_strings(domain):
    known = strings_of_packages(domain)
    for key, value in messages.extra("ko", domain).items():  # noqa: S610 — not a queryset
        entry = known[key]
        plural = isinstance(value, list)
        assert plural == bool(entry.msgid_plural), key
        text = value[0] if plural else value
        assert set(NAMED.findall(text)) == set(NAMED.findall(entry.msgid_plural or entry.msgid)), key


def test_django_speaks_the_korean_that_wagtail_lacks():
    with override("ko"):
        assert gettext("Exploring") == "탐색"
        assert (
            ngettext("%(num_parent_objects)d page", "%(num_parent_objects)d pages", 3)
            == "페이지 %(num_parent_objects)d개"
        )
    with override("en"):
        assert gettext("Exploring") == "Exploring"
