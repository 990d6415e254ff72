from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core import clock
from core.accounts import consents
from core.accounts.models import Consent, ConsentText, User
from core.errors import NotAllowed
from tests.core.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def new_version(text, **changes):
    return ConsentText.objects.create(
        kind=text.kind,
        purpose=text.purpose,
        version=text.version + 1,
        title=text.title,
        body="새 내용",
        required=text.required,
        effective_on=changes.get("effective_on", clock.today()),
    )


def details(**changes):
    return {
        "email": "New@Example.com",
        "name": "김용산",
        "password1": "a-long-passphrase-77",
        "password2": "a-long-passphrase-77",
        "consent_collection": "on",
        **changes,
    }


# ── consents ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("purpose", [consents.ACCOUNT, consents.INCUBATION, consents.LOAN])
def test_every_purpose_has_its_texts(purpose):
    texts = consents.required_texts(purpose)
    assert texts
    for text in texts:
        for part in ("목적", "항목", "보유 기간", "동의하지 않을 권리"):
            assert part in text.body


def test_the_newest_version_in_force_counts():
    old = consents.required_texts(consents.LOAN)[0]
    new_version(old, effective_on=clock.today() + timedelta(days=1))
    assert old in consents.required_texts(consents.LOAN)
    ConsentText.objects.filter(version=2).update(effective_on=clock.today())
    assert [text.version for text in consents.required_texts(consents.LOAN) if text.kind == old.kind] == [2]


def test_agreeing_twice_keeps_the_first_moment():
    person = UserFactory()
    texts = consents.required_texts(consents.LOAN)
    assert consents.record_consents(by=person, texts=texts) == consents.record_consents(
        by=person, texts=texts
    )


def test_only_an_optional_consent_of_ones_own_can_be_taken_back():
    person = UserFactory()
    given = consents.record_consents(by=person, texts=consents.current_texts(consents.ACCOUNT))
    required, optional = sorted(given, key=lambda consent: not consent.text.required)
    with pytest.raises(NotAllowed):
        consents.withdraw_consent(by=person, consent=required)
    with pytest.raises(NotAllowed):
        consents.withdraw_consent(by=UserFactory(), consent=optional)
    consents.withdraw_consent(by=person, consent=optional)
    assert not consents.accepts_news(person)
    assert Consent.objects.get(pk=optional.pk).withdrawn_at  # kept, with the moment


# ── signing up ──────────────────────────────────────────────────────────────
def test_signing_up_records_what_was_agreed_to(client):
    response = client.post(reverse("account_signup"), details(consent_marketing="on"))
    assert response.status_code == 302, response.context["form"].errors
    person = User.objects.get()
    assert (person.email, person.name) == ("new@example.com", "김용산")
    assert {consent.text.kind for consent in consents.open_consents(person)} == {"collection", "marketing"}


def test_news_is_not_ticked_for_anybody(client):
    client.post(reverse("account_signup"), details())
    assert not consents.accepts_news(User.objects.get())


def test_there_is_no_account_without_the_required_consent(client):
    response = client.post(reverse("account_signup"), details(consent_collection=""))
    assert "consent_collection" in response.context["form"].errors
    assert not User.objects.exists()


def test_nobody_logs_in_before_the_address_is_confirmed(client):
    client.post(reverse("account_signup"), details())
    assert not EmailAddress.objects.get().verified
    assert reverse("account_login") in client.get(reverse("me")).url


# ── my details ──────────────────────────────────────────────────────────────
def test_a_person_mends_their_details(client):
    person = UserFactory()
    client.force_login(person)
    response = client.post(
        reverse("profile"),
        {
            "name": "새 이름",
            "phone": "010-1234-5678",
            "birth_date": "1995-05-05",
            "resident_since": "2020-01-01",
            "language": "en",
        },
    )
    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.birth_date, person.language) == ("새 이름", date(1995, 5, 5), "en")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345"),
        ("birth_date", "1795-05-05"),
        ("birth_date", "2995-05-05"),
        ("resident_since", "2999-01-01"),
        ("language", "fr"),
        ("name", ""),
    ],
)
def test_wrong_details_are_refused_and_kept_on_the_page(client, field, value):
    person = UserFactory(name="원래 이름")
    client.force_login(person)
    data = {
        "name": "새 이름",
        "phone": "",
        "birth_date": "",
        "resident_since": "",
        "language": "ko",
        field: value,
    }
    response = client.post(reverse("profile"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    person.refresh_from_db()
    assert person.name == "원래 이름"


def test_nobody_makes_themselves_a_superuser(client):
    person = UserFactory()
    client.force_login(person)
    client.post(
        reverse("profile"),
        {"name": "x", "language": "ko", "is_superuser": "on", "is_staff": "on", "email": "x@x.kr"},
    )
    person.refresh_from_db()
    assert (person.is_superuser, person.is_staff) == (False, False)
    assert person.email != "x@x.kr"


def test_the_details_have_no_neighbour_that_loses_what_is_typed(client):
    """Without scripts a form posts itself alone."""
    client.force_login(UserFactory())
    page = client.get(reverse("profile")).content.decode()
    assert page[page.index("<main") : page.index("</main>")].count("<form") == 1
    assert reverse("news_choice") in page


def test_news_can_be_chosen_and_refused(client):
    person = UserFactory()
    client.force_login(person)
    for choice, wanted in (({"news": "on"}, True), ({}, False), ({"news": "on"}, True)):
        client.post(reverse("news_choice"), choice)
        assert consents.accepts_news(person) is wanted
        assert client.get(reverse("news_choice")).context["form"].initial == {"news": wanted}
    assert Consent.objects.filter(user=person).count() == 2


def test_tries_to_sign_in_are_counted_per_visitor_behind_the_proxy(client, settings):
    """Else the tenth wrong password of anybody would lock everybody out."""
    settings.BEHIND_PROXY = True
    for visitor in range(12):
        response = client.post(
            reverse("account_login"),
            {"login": f"nobody{visitor}@example.com", "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{visitor}"},
        )
        assert response.status_code == 200
        assert "password" in response.context["form"].fields
        assert "너무" not in str(response.context["form"].errors)
