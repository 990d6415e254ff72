"""A person's own pages are theirs; people and texts in the office are the administrator's."""

from core.accounts.consents import required_texts
from core.accounts.models import Membership
from tests.contracts.access import DENIED, Access, deletion, form
from tests.core.accounts.factories import BusinessFactory, UserFactory, confirmed, invitation


def business(world):
    return {"pk": BusinessFactory(owner=world.applicant).pk}


def member(world):
    row = BusinessFactory(owner=world.applicant)
    membership = Membership.objects.create(business=row, user=UserFactory())
    return {"pk": row.pk, "membership_pk": membership.pk}


def invited_by_applicant(world):
    row = invitation(UserFactory(), owner=world.applicant)
    return {"pk": row.business_id, "invitation_pk": row.pk}


def invited_applicant(world):
    return {"pk": invitation(confirmed(world.applicant)).pk}


def version(world):
    return {"version": 0}


def person(world):
    return {"pk": UserFactory().pk}


def text(world):
    return {"pk": required_texts("account")[0].pk}


def look(world):
    return {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}


ROWS = [
    Access("privacy_policy", everyone=200),
    Access("account_signup", anonymous=200, office="/office/", mentor="/reviews/", signed_in="/me/"),
    Access("account_signup", "post", anonymous=200, office="/office/", mentor="/reviews/", signed_in="/me/"),
    # nobody comes from elsewhere here
    *(Access("socialaccount_signup", method, signed_in="/accounts/login/") for method in ("get", "post")),
    Access("me", signed_in=200),
    Access("home_for_user", office="/office/", mentor="/reviews/", signed_in="/me/"),
    Access("profile", signed_in=200),
    Access("profile", "post", signed_in=422),
    Access("news_choice", signed_in=200),
    Access("news_choice", "post", signed_in=302),
    Access("leave", signed_in=200),
    Access("leave", "post", signed_in=422),
    Access("left", everyone=200),
    Access("business_list", signed_in=200),
    Access("business_create", signed_in=200),
    Access("business_create", "post", signed_in=422),
    Access("business_edit", args=business, applicant=200, signed_in=404),
    Access("business_edit", "post", args=business, applicant=422, signed_in=404),
    Access("business_people", args=business, applicant=200, signed_in=404),
    Access("business_invite", args=business, applicant=200, signed_in=404),
    Access("business_invite", "post", args=business, applicant=422, signed_in=404),
    Access(
        "invitation_withdraw", "post", args=invited_by_applicant, data=version, applicant=302, signed_in=404
    ),
    Access("invitation", args=invited_applicant, applicant=200, signed_in=404),
    Access("invitation_accept", "post", args=invited_applicant, data=version, applicant=302, signed_in=404),
    Access("invitation_refuse", "post", args=invited_applicant, data=version, applicant=302, signed_in=404),
    Access("business_member_remove", "post", args=member, applicant=302, signed_in=404),
    Access("businesses:index", editor=DENIED, office=200),
    Access("businesses:index_results", editor=DENIED, office=200),
    Access("businesses:inspect", args=business, editor=404, office=200),
    Access("wagtailadmin_account", office=200),
    Access("wagtailadmin_account", "post", data=look, office=302),
    Access("wagtailusers_users:index", auditor=200, administrator=200),
    Access("wagtailusers_users:index_results", auditor=200, administrator=200),
    *(
        Access(f"wagtailusers_users:{name}", args=person, administrator=200)
        for name in ("history", "history_results", "usage")
    ),
    *form("wagtailusers_users:add", administrator=200),
    *form("wagtailusers_users:edit", person, administrator=200),
    *deletion("wagtailusers_users:delete", person),  # nobody is deleted
    Access("consent_texts:index", auditor=200, administrator=200),
    Access("consent_texts:index_results", auditor=200, administrator=200),
    Access("consent_texts:inspect", args=text, auditor=200, administrator=200, office=404),
    *form("consent_texts:add", administrator=200),
]
