"""Staff lists and finance's first page ask the database as often for 300 rows as for 3.

The limit is on what the page itself asks; the session and who is signed in (with roles and Wagtail's own
preferences) are counted apart and left out.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.accounts.models import Business
from core.accounts.roles import Role
from incubator.models import Application, Call, Stage
from loans.models import Loan, LoanApplication
from tests.incubator import factories as incubator
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
LIMIT = 15
FEW, MANY = 3, 300
ABOUT_THE_PERSON = ("django_session", "auth_", "wagtailusers_", "SAVEPOINT")


def copies(row, count, **unique):
    """``count`` rows like ``row``: volume for lists, which no service needs to know of."""
    model = type(row)
    fields = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    model.objects.bulk_create(
        model(**fields | {name: make(n) for name, make in unique.items()}) for n in range(count)
    )


def people(count):
    return [incubator.UserFactory() for _ in range(count)]


def businesses(count):
    first = Business.objects.count()
    rows = [
        loans.BusinessFactory.build(registration_number=str(9_000_000_000 + first + n)) for n in range(count)
    ]
    return Business.objects.bulk_create(rows)


def more_applications(count):
    row = Application.objects.first() or incubator.in_review()
    who = people(count)
    start = Application.objects.count()
    copies(row, count, applicant_id=lambda n: who[n].pk, receipt_number=lambda n: f"V-{start + n:05}")


def more_calls(count):
    row = Call.objects.first() or incubator.CallFactory()
    start = Call.objects.count() + 1000
    copies(
        row,
        count,
        cohort_number=lambda n: start + n,
        slug=lambda n: f"v-{start + n}",
        code=lambda n: f"V{start + n}",
    )


def more_stages(count):
    row = Stage.objects.first() or incubator.in_review().stage
    start = Stage.objects.count() + 100
    copies(row, count, order=lambda n: start + n)


def more_loan_applications(count):
    row = LoanApplication.objects.first() or loans.application("submitted")
    start = LoanApplication.objects.count()
    who = businesses(count)
    copies(row, count, business_id=lambda n: who[n].pk, receipt_number=lambda n: f"V-{start + n:05}")


def more_loans(count):
    row = Loan.objects.filter(state=Loan.State.ACTIVE).first() or loans.loan("active")
    start = Loan.objects.count()
    who = businesses(count)
    Loan.objects.filter(pk=row.pk).update(days_overdue=40, arrears=100_000, next_due_on=clock.today())
    row.refresh_from_db()
    copies(
        row,
        count,
        number=lambda n: f"V-{start + n:05}",
        application_id=lambda n: None,
        business_id=lambda n: who[n].pk,
    )


PAGES = [
    ("incubator_applications:index", Role.PROGRAMME_STAFF, more_applications),
    ("incubator_calls:index", Role.PROGRAMME_STAFF, more_calls),
    ("incubator_stages:index", Role.PROGRAMME_STAFF, more_stages),
    ("loanapplication:index", Role.FINANCE_STAFF, more_loan_applications),
    ("loan:index", Role.FINANCE_STAFF, more_loans),
    ("loans_dashboard", Role.FINANCE_STAFF, more_loans),
]


def asked(client, url):
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return [
        query["sql"]
        for query in queries.captured_queries
        if not any(name in query["sql"] for name in ABOUT_THE_PERSON)
    ]


@pytest.mark.parametrize(("name", "role", "more"), PAGES, ids=[page[0] for page in PAGES])
def test_as_many_queries_for_many_rows_as_for_few(client, name, role, more):
    client.force_login(incubator.UserFactory(role=role))
    url = reverse(name)
    more(FEW)
    client.get(url)  # fills what is kept between requests
    few = asked(client, url)
    more(MANY - FEW)
    many = asked(client, url)
    assert len(few) == len(many), "\n".join(set(many) ^ set(few))
    assert len(many) <= LIMIT, "\n".join(many)
