"""The drawings of the lifecycles come from the code, and the check finds one that is out of date."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.workflow.diagrams import arrows, file_name, page
from tests.core.parcels import Parcel


def draw(folder, **options):
    call_command("state_diagrams", to=folder, stdout=StringIO(), **options)


def test_a_page_has_every_arrow_and_who_may():
    text = page(Parcel)
    assert "[*] --> packed" in text
    assert "packed --> sent: send" in text
    assert "delivered --> [*]" in text
    assert "| `recall` | sent | packed | parcels.recall, the platform |" in text


def test_arrows_name_each_transition_once():
    assert [(arrow.source, arrow.target, arrow.name) for arrow in arrows(Parcel)] == [
        ("packed", "sent", "send"),
        ("sent", "packed", "recall"),
        ("sent", "delivered", "deliver"),
    ]


def test_the_command_draws_all_and_the_check_agrees(tmp_path):
    draw(tmp_path)
    assert (tmp_path / "README.md").exists()
    assert not (tmp_path / file_name(Parcel)).exists()
    draw(tmp_path, check=True)


def test_the_check_finds_what_is_out_of_date(tmp_path):
    draw(tmp_path)
    (tmp_path / "incubator-application.md").write_text("old", encoding="utf-8")
    (tmp_path / "gone.md").write_text("gone", encoding="utf-8")
    with pytest.raises(CommandError, match=r"incubator-application\.md, gone\.md"):
        draw(tmp_path, check=True)
    draw(tmp_path)
    assert not (tmp_path / "gone.md").exists()
    draw(tmp_path, check=True)
