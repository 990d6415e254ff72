"""A person's own pages are theirs; people and texts in the office are the administrator's."""

from core.accounts.consents import required_texts
from core.accounts.models import Membership
from tests.contracts.access import Access, OfficeViews
from tests.core.accounts.factories import BusinessFactory, UserFactory

READS = ["auditor", "administrator"]


def business(world):
    return {"pk": BusinessFactory(owner=world.applicant).pk}


def member(world):
    row = BusinessFactory(owner=world.applicant)
    membership = Membership.objects.create(business=row, user=UserFactory())
    return {"pk": row.pk, "membership_pk": membership.pk}


def person(world):
    return {"pk": UserFactory().pk}


def text(world):
    return {"pk": required_texts("account")[0].pk}


ROWS = [
    Access("me", signed_in=200),
    Access("home_for_user", signed_in=302),
    Access("profile", signed_in=200),
    Access("news_choice", "post", signed_in=302),
    Access("business_list", signed_in=200),
    Access("business_create", signed_in=200),
    Access("business_create", "post", signed_in=422),
    Access("business_edit", args=business, applicant=200, signed_in=404),
    Access("business_edit", "post", args=business, applicant=422, signed_in=404),
    Access("business_member_add", "post", args=business, applicant=422, signed_in=404),
    Access("business_member_remove", "post", args=member, applicant=302, signed_in=404),
    OfficeViews("wagtailusers_users", args=person, see=READS, change=["administrator"]),
    OfficeViews("consent_texts", args=text, see=READS, change=["administrator"]),
]
