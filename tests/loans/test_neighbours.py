"""Without scripts: every button of the form takes along what was typed and chosen beside it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.documents.queries import documents_of
from loans.services.applications import save_application
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
TYPED = "옆 단추를 누르기 전에 쓴 계획이에요."


@pytest.fixture
def row(client):
    application = f.application("draft")
    client.force_login(application.applicant)
    return application


def pdf(name="증명.pdf", content=f.PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def as_shown(row, **typed):
    """What the page posts, whichever of its buttons is pressed."""
    text = {name: getattr(row, name) for name in ("amount", "purpose", "plan", "repayment_plan", "security")}
    return {"seen": row.seen, **text, **typed}


def buttons(row):
    """The buttons of the page: where they post to and their own name."""
    there = documents_of(row).first()
    return {
        "save": (reverse("loan_application_edit", args=[row.pk]), {}),
        "next": (reverse("loan_application_edit", args=[row.pk]), {"next": "1"}),
        "upload": (reverse("loan_document_add", args=[row.pk]), {"code": "tax"}),
        "remove": (reverse("loan_document_remove", args=[row.pk, there.key]), {}),
    }


def press(client, row, button, **typed):
    url, own = buttons(row)[button]
    return client.post(url, as_shown(row, **typed) | own)


@pytest.mark.parametrize("button", ["save", "next", "upload", "remove"])
def test_every_button_keeps_the_text_and_the_chosen_file(client, row, button):
    there = documents_of(row).count()
    answer = press(client, row, button, plan=TYPED, **{"tax-file": pdf("고른 파일.pdf")})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.plan == TYPED
    assert "고른 파일.pdf" in [document.original_name for document in documents_of(row)]
    assert documents_of(row).count() == there + (button != "remove")


@pytest.mark.parametrize("button", ["save", "next", "upload", "remove"])
def test_what_cannot_be_read_stays_on_the_page(client, row, button):
    answer = press(client, row, button, plan=TYPED, amount="많이", **{"tax-file": pdf()})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"amount"}
    assert 'value="많이"' in answer.content.decode()
    row.refresh_from_db()
    assert (row.plan, row.amount) == (TYPED, 50_000_000)
    again = client.post(
        reverse("loan_application_edit", args=[row.pk]),
        as_shown(row, plan=TYPED + "!", amount="40000000", seen=answer.context["form"]["seen"].value()),
    )
    assert again.status_code == 302  # its own save is no other window's


@pytest.mark.parametrize("button", ["save", "next", "upload", "remove"])
def test_a_wrong_file_is_told_and_the_text_is_kept(client, row, button):
    answer = press(client, row, button, plan=TYPED, **{"tax-file": pdf(content=b"MZ\x90\x00 no pdf")})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#id_tax-file"' in page
    assert TYPED in page
    row.refresh_from_db()
    assert row.plan == TYPED


@pytest.mark.parametrize("button", ["save", "upload", "remove"])
def test_what_another_window_saved_is_told(client, row, button):
    save_application(by=row.applicant, application=row, values={"plan": "다른 창의 글"})
    answer = press(client, row, button, plan=TYPED, **{"tax-file": pdf()})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "다른 창의 글" in page
    assert TYPED in page
    row.refresh_from_db()
    assert row.plan == "다른 창의 글"
    sent = as_shown(row, plan=TYPED, seen=answer.context["form"]["seen"].value())
    assert client.post(reverse("loan_application_edit", args=[row.pk]), sent).status_code == 302
    row.refresh_from_db()
    assert row.plan == TYPED


def test_another_windows_save_is_still_told_after_a_slip_in_the_same_field(client, row):
    save_application(by=row.applicant, application=row, values={"amount": 30_000_000})
    slip = press(client, row, "save", amount="많이")
    sent = as_shown(row, amount="40000000", seen=slip.context["form"]["seen"].value())
    answer = client.post(reverse("loan_application_edit", args=[row.pk]), sent)
    assert answer.status_code == 422
    assert "30,000,000" in answer.content.decode()


def test_upload_without_a_file_asks_for_one(client, row):
    answer = press(client, row, "upload", plan=TYPED)
    assert answer.status_code == 422
    assert 'href="#id_tax-file"' in answer.content.decode()
    row.refresh_from_db()
    assert row.plan == TYPED


def test_a_post_that_carries_no_text_leaves_it_alone(client, row):
    url, own = buttons(row)["upload"]
    answer = client.post(url, own)
    assert answer.status_code == 422
    assert f.LONG_ENOUGH in answer.content.decode()
    kept = row.plan
    row.refresh_from_db()
    assert row.plan == kept
    assert json.loads(row.seen)


def test_enter_in_a_text_field_saves(client, row):
    """Browsers press the form's first button in the order of the page."""
    page = client.get(reverse("loan_application_edit", args=[row.pk])).content.decode()
    form = page[page.index('id="loan-form"') :]
    first = form[form.index("<button") :]
    first = first[: first.index(">")]
    assert "formaction" not in first
    assert "name=" not in first
