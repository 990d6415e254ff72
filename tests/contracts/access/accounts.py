"""A person's own pages are theirs; people and texts in the office are the administrator's."""

from core.accounts.consents import required_texts
from core.accounts.models import Membership
from tests.contracts.access import Access
from tests.core.accounts.factories import BusinessFactory, UserFactory


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
    Access("home_for_user", office="/office/", mentor="/reviews/", signed_in="/me/"),
    Access("profile", signed_in=200),
    Access("news_choice", "post", signed_in=302),
    Access("leave", signed_in=200),
    Access("leave", "post", signed_in=422),
    Access("left", everyone=200),
    Access("business_list", signed_in=200),
    Access("business_create", signed_in=200),
    Access("business_create", "post", signed_in=422),
    Access("business_edit", args=business, applicant=200, signed_in=404),
    Access("business_edit", "post", args=business, applicant=422, signed_in=404),
    Access("business_member_add", "post", args=business, applicant=422, signed_in=404),
    Access("business_member_remove", "post", args=member, applicant=302, signed_in=404),
    Access("wagtailusers_users:index", auditor=200, administrator=200),
    Access("wagtailusers_users:index_results", auditor=200, administrator=200),
    *(
        Access(f"wagtailusers_users:{name}", args=person, administrator=200)
        for name in ("edit", "history", "history_results", "usage")
    ),
    Access("wagtailusers_users:add", administrator=200),
    Access("wagtailusers_users:delete", args=person),  # nobody is deleted
    Access("consent_texts:index", auditor=200, administrator=200),
    Access("consent_texts:index_results", auditor=200, administrator=200),
    Access("consent_texts:inspect", args=text, auditor=200, administrator=200, office=404),
    Access("consent_texts:add", administrator=200),
]
