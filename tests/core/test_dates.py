"""Dates that cannot be are refused where they are typed, with what can be."""

from datetime import date

import pytest
from django import forms
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import translation
from wagtail.admin.forms.models import WagtailAdminModelForm

import core
import demo
import impact
import incubator
from core import clock
from core.accounts.forms.profile import ProfileForm
from core.accounts.roles import Role
from core.fields import DateField, DateTimeField, PastDateField
from incubator.models import Call
from tests.core.accounts.factories import UserFactory
from tests.core.committees.factories import CommitteeFactory, secretary
from tests.core.our_forms import forms_of
from tests.incubator import factories

IMPOSSIBLE = ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"]


class Days(forms.Form):
    day = DateField(required=False)
    past = PastDateField(required=False)
    moment = DateTimeField(required=False)
    narrow = DateField(required=False, earliest=date(2026, 5, 1), latest=lambda: date(2026, 5, 31))


@pytest.mark.parametrize("day", IMPOSSIBLE)
@pytest.mark.parametrize(
    ("name", "hour"), [("day", ""), ("past", ""), ("moment", "T23:59"), ("moment", " 00:00:00")]
)
def test_a_date_that_cannot_be_is_refused(name, day, hour):
    assert set(Days({name: day + hour}).errors) == {name}


@pytest.mark.parametrize("day", ["1900-01-01", "2026-02-28", "2100-12-31"])
def test_every_other_day_is_taken(day):
    form = Days({"day": day, "moment": f"{day}T00:00"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date.fromisoformat(day)


def test_the_message_says_what_can_be_chosen():
    with translation.override("en"):
        form = Days({"narrow": "2026-06-01", "past": "2100-01-01"})
        assert form.errors["narrow"] == ["Please choose May 31, 2026 or an earlier day."]
        assert form.errors["past"] == ["This date lies in the future."]
        assert Days({"narrow": "2026-04-30"}).errors["narrow"] == [
            "Please choose May 1, 2026 or a later day."
        ]


def test_the_picker_offers_what_can_be_chosen():
    form = Days()
    assert 'min="2026-05-01" max="2026-05-31"' in str(form["narrow"])
    assert 'min="1900-01-01T00:00" max="2100-12-31T23:59"' in str(form["moment"])
    assert f'max="{clock.today()}"' in str(form["past"])


def test_today_has_been():
    assert Days({"past": clock.today().isoformat()}).is_valid()


def test_every_form_of_the_office_checks_its_dates():
    fields = modelform_factory(
        Call, form=WagtailAdminModelForm, fields=["opens_at", "results_on"]
    ).base_fields
    assert isinstance(fields["opens_at"], DateTimeField)
    assert isinstance(fields["results_on"], DateField)


@pytest.mark.parametrize("package", [core, incubator, impact, demo], ids=lambda package: package.__name__)
def test_every_form_of_ours_checks_its_dates(package):
    loose = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_of(package)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
        and not isinstance(field, DateField | DateTimeField)
    ]
    assert not loose


@pytest.mark.parametrize(
    ("born", "since", "wrong"),
    [
        ("1995-04-12", "2020-03-02", set()),
        ("9999-12-31", "", {"birth_date"}),
        ("0001-01-01", "", {"birth_date"}),
        ("1900-01-01", "", {"birth_date"}),
        ("", "0001-01-01", {"resident_since"}),
        ("", "9999-12-31", {"resident_since"}),
        ("1995-04-12", "1995-04-11", {"resident_since"}),
    ],
)
def test_a_person_was_born_and_moved_here_in_a_life_that_can_be(born, since, wrong):
    person = UserFactory.build()
    given = {"name": person.name, "phone": "", "birth_date": born, "resident_since": since, "language": "ko"}
    assert set(ProfileForm(given, instance=person).errors) == wrong


def test_tomorrow_is_nobodys_birthday():
    born = {"birth_date": date.fromordinal(clock.today().toordinal() + 1).isoformat()}
    assert "birth_date" in ProfileForm(born, instance=UserFactory.build()).errors


@pytest.mark.django_db
@pytest.mark.parametrize("day", IMPOSSIBLE)
def test_nobody_is_appointed_on_a_day_that_cannot_be(client, day):
    committee = CommitteeFactory()
    client.force_login(secretary())
    answer = client.post(
        reverse("committees:act", args=[committee.pk, "add-member"]),
        {"version": 0, "name": "데모 위원", "appointed_on": day},
    )
    assert answer.status_code == 422
    assert not committee.members.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
@pytest.mark.parametrize("day", IMPOSSIBLE)
def test_no_call_opens_or_closes_on_a_day_that_cannot_be(client, field, day):
    client.force_login(factories.staff())
    given = {
        "programme": factories.ProgrammeFactory().pk,
        "cohort_number": 9,
        "title": "9기",
        "slug": "cohort-9",
        "code": "GP9",
        "opens_at": "2026-01-01 00:00:00",
        "closes_at": "2026-02-01 00:00:00",
        "places": 3,
        "objection_days": 7,
        "bonus_cap": 5,
    }
    answer = client.post(reverse("incubator_calls:add"), {**given, field: f"{day} 12:00:00"})
    assert answer.status_code < 500
    assert not Call.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("day", IMPOSSIBLE)
@pytest.mark.parametrize(("report", "field"), [("access_log", "at"), ("notices:index", "created_at")])
def test_no_list_is_filtered_by_a_day_that_cannot_be(client, report, field, day):
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    for end in ("from", "to"):
        assert client.get(reverse(report), {f"{field}_{end}": day}).status_code == 200
