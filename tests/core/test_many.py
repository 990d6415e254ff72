"""Of several rows that are chosen, one with a number that no column holds is a wrong choice, never a 500."""

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.urls import reverse

import cms
import core
import demo
import impact
import incubator
import loans
from core.accounts.roles import Role
from core.fields import ManyField
from tests.core.accounts.factories import UserFactory
from tests.core.committees.factories import MeetingFactory, secretary
from tests.core.our_forms import forms_of
from tests.incubator import factories as make

WRONG = [str(10**20), str(-(10**20)), "9" * 5000, "1_0", "x", "0"]


class Roles(forms.Form):
    groups = ManyField(queryset=Group.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("number", WRONG)
def test_a_number_of_no_row_is_no_choice(number):
    known = Group.objects.first()
    assert Roles({"groups": [known.pk, number]}).errors.as_data()["groups"][0].code == "invalid_choice"


@pytest.mark.django_db
def test_rows_are_chosen_by_their_numbers():
    some = Group.objects.order_by("pk")[:2]
    form = Roles({"groups": [row.pk for row in some]})
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["groups"]) == set(some)
    assert Roles({}).errors.as_data()["groups"][0].code == "required"


@pytest.mark.parametrize(
    "package", [cms, core, demo, impact, incubator, loans], ids=lambda package: package.__name__
)
def test_every_form_of_ours_takes_several_rows_with_it(package):
    loose = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_of(package)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelMultipleChoiceField) and not isinstance(field, ManyField)
    ]
    assert not loose


@pytest.mark.django_db
@pytest.mark.parametrize("number", WRONG)
def test_bonus_points_that_are_none_are_not_claimed(client, number):
    application = make.draft()
    client.force_login(application.applicant)
    url = reverse("application_edit", args=[application.pk, "documents"])
    assert client.post(url, {"rules": number}).status_code < 500
    assert not application.bonus_claims.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", WRONG)
def test_nobody_is_present_under_a_number_of_no_member(client, number):
    meeting = MeetingFactory(members=3, called=True)
    client.force_login(secretary())
    url = reverse("committee_meetings:act", args=[meeting.pk, "attend"])
    assert client.post(url, {"version": meeting.version, "present": number}).status_code == 422
    assert not meeting.attendances.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", WRONG)
def test_nothing_is_assigned_under_a_number_of_no_row(client, number):
    application = make.eligible()
    client.force_login(make.staff())
    stage = application.call.stages.get()
    answer = client.post(
        reverse("incubator_stages:act", args=[stage.pk, "assign"]),
        {"version": stage.version, "applications": number, "mentors": number},
    )
    assert answer.status_code == 422
    assert not stage.reviews.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", WRONG)
def test_nobody_gets_a_role_that_is_none(client, number):
    person = UserFactory(roles=[Role.MENTOR])
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    data = {"email": person.email, "name": person.name, "is_active": "on", "groups": number}
    answer = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    assert "groups" in answer.context["form"].errors
    assert person.groups.get().name == Role.MENTOR
