from django.db.models import Count, QuerySet

from core.accounts.models import Business, BusinessChange, Membership, User


def businesses_for(user: User) -> QuerySet[Business]:
    """The businesses that the person acts for."""
    return Business.objects.filter(memberships__user=user).order_by("name", "pk")


def memberships_for(user: User) -> QuerySet[Membership]:
    """The same with the person's part in each, and how many people each has."""
    return (
        Membership.objects.filter(user=user)
        .select_related("business")
        .annotate(people=Count("business__memberships"))
        .order_by("business__name", "pk")
    )


def members_of(business: Business) -> QuerySet[Membership]:
    """The people of a business, owners first."""
    return business.memberships.select_related("user").order_by("-part", "user__name", "pk")


def businesses_for_office(user: User) -> QuerySet[Business]:
    """All of them, for staff who work with applications and loans."""
    return Business.objects.all() if user.has_perm("accounts.read_businesses") else Business.objects.none()


def changes_of(business: Business) -> QuerySet[BusinessChange]:
    """What was changed of the business since it was registered, newest first."""
    return business.changes.select_related("by")


def first_owner(business: Business) -> User | None:
    """Whose data the business is: the first of its owners."""
    membership = (
        business.memberships.filter(part=Membership.Part.OWNER).select_related("user").order_by("pk").first()
    )
    return membership.user if membership else None
