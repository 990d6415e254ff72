from datetime import date

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from core.accounts.models import Business, Membership, User
from core.accounts.numbers import format_business_number
from core.accounts.services import invite, register_business


def business_number(n: int) -> str:
    """The ``n``-th valid business registration number."""
    plain = f"{100_00_0000 + n:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(plain, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True))
    total += int(plain[8]) * 5 // 10
    return format_business_number(f"{plain}{(10 - total % 10) % 10}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"데모 사람{n}")

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            self.groups.add(Group.objects.get(name=role))


class BusinessFactory(factory.django.DjangoModelFactory):
    """A business, registered by ``owner`` through the service."""

    class Meta:
        model = Business

    name = factory.Sequence(lambda n: f"데모 상점{n}")
    registration_number = factory.Sequence(business_number)
    kind = Business.Kind.SOLE
    representative = "홍길동"
    opened_on = date(2024, 3, 4)
    sector = "음식점업"
    postcode = "04390"
    address = "서울특별시 용산구 녹사평대로 150"
    owner = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, owner, **facts):
        return register_business(by=owner, **facts)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    business = factory.SubFactory(BusinessFactory)
    user = factory.SubFactory(UserFactory)


def confirmed(user=None, email=""):
    """A person who has shown that the address, by default their own, is theirs."""
    user = user or UserFactory()
    EmailAddress.objects.create(user=user, email=email or user.email, verified=True, primary=not email)
    return user


def invitation(person, *, owner=None, business=None, part=Membership.Part.MEMBER):
    """``person`` was asked to act for a business."""
    owner = owner or UserFactory()
    business = business or BusinessFactory(owner=owner)
    return invite(by=owner, business=business, email=person.email, part=part)
