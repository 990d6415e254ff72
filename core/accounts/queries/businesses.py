from django.db.models import Count, QuerySet

from core.accounts.models import Business, Membership, User


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
