"""Creates the demo's people, their roles and their businesses."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from core.accounts.consents import ACCOUNT, record_consents, required_texts
from core.accounts.models import Business, Membership, User
from core.accounts.numbers import is_business_number
from demo.data.people import Firm, Person

PASSWORD = "demo-password"  # noqa: S105 — told on the login page of the demo
POSTCODE = "04390"
ADDRESS = "서울특별시 용산구 녹사평대로 150"


def load_people(people: Iterable[Person]) -> dict[str, User]:
    """Every person with a confirmed address, their roles and business. Returns users by login."""
    return {person.login: _load_person(person) for person in people}


def _load_person(person: Person) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create_user(
            email=person.email,
            password=PASSWORD,
            name=person.name,
            phone=person.phone,
            birth_date=person.birth_date,
            resident_since=person.resident_since,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        user.groups.set(Group.objects.filter(name__in=person.roles))
        record_consents(by=user, texts=required_texts(ACCOUNT))
    if person.business:
        load_firm(person.business, owner=user)
    return user


def load_firm(firm: Firm, *, owner: User) -> Business:
    """The business of ``owner``, once."""
    business, _created = Business.objects.get_or_create(
        registration_number=registration_number(firm.serial),
        defaults={
            "name": firm.name,
            "kind": Business.Kind.COMPANY if firm.is_company else Business.Kind.SOLE,
            "representative": owner.name,
            "opened_on": firm.opened_on,
            "sector": firm.sector,
            "is_micro": firm.is_micro,
            "postcode": POSTCODE,
            "address": ADDRESS,
            "address_detail": firm.address_detail,
        },
    )
    Membership.objects.get_or_create(business=business, user=owner, defaults={"part": Membership.Part.OWNER})
    return business


def registration_number(serial: str) -> str:
    """The first nine digits with their check digit, as ``000-00-00000``."""
    numbers = (f"{serial[:3]}-{serial[3:5]}-{serial[5:]}{digit}" for digit in range(10))
    return next(number for number in numbers if is_business_number(number))
