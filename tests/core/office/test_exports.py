"""Nobody takes a list out of the house without saying why."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from core.accounts.roles import Role
from core.privacy.models import AccessLog
from incubator.models import Application
from loans.models import LoanApplication
from tests.incubator import factories as incubator
from tests.loans import factories as loans

pytestmark = pytest.mark.django_db
WHY = "구의회 10월 보고 자료"


@pytest.fixture
def application():
    return incubator.submitted()


@pytest.fixture
def staff(client):
    client.force_login(incubator.staff())
    return client


def url(query="", name="incubator_applications:index"):
    return reverse(name) + query


def take(client, address=None, *, reason=WHY, export="csv"):
    return client.post(address or url(), {"export": export, "reason": reason})


def cells(response):
    content = b"".join(response.streaming_content)
    if response["Content-Type"].startswith("text/csv"):
        return [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_with_a_reason_the_file_comes_and_the_reason_is_kept(staff, application, export):
    response = take(staff, export=export)
    assert response.status_code == 200
    assert f".{export}" in response["Content-Disposition"]
    assert {application.receipt_number, application.title} <= set(cells(response))
    row = AccessLog.objects.get()
    assert (row.action, row.by, row.owner) == ("export", incubator.staff(), None)
    assert (row.content_type.model_class(), row.object_id) == (Application, 0)
    assert row.reason.startswith(f"{WHY} — ")
    assert row.reason.endswith(": 1")


def test_excel_reads_the_korean_of_a_csv(staff, application):
    assert b"".join(take(staff).streaming_content).startswith("\ufeff".encode())


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("reason", ["", "   ", "  보고  ", "가" * 201])
def test_without_a_reason_there_is_no_file(staff, application, export, reason):
    response = take(staff, reason=reason, export=export)
    assert response.status_code == 422
    assert "Content-Disposition" not in response
    body = response.content.decode()
    assert application.title not in body
    assert 'aria-invalid="true"' in body
    assert not AccessLog.objects.exists()


def test_an_unknown_format_is_refused(staff, application):
    assert take(staff, export="pdf").status_code == 422
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("export", ["csv", "xlsx", "nonsense"])
def test_a_link_alone_gives_the_form_and_no_file(staff, application, export):
    response = staff.get(url(f"?export={export}"))
    assert response.status_code == 200
    assert "Content-Disposition" not in response
    body = response.content.decode()
    assert 'name="reason"' in body
    assert application.title not in body
    assert not AccessLog.objects.exists()


def test_the_fragment_of_a_list_gives_no_file_either(staff, application):
    results = url(name="incubator_applications:index_results")
    assert "Content-Disposition" not in staff.get(results, {"export": "csv"})
    assert take(staff, results).status_code == 405
    assert not AccessLog.objects.exists()


def test_a_list_that_is_no_file_takes_no_post(staff):
    assert take(staff, reverse("incubator_calls:index")).status_code == 405


def test_the_filters_of_the_list_are_kept(client):
    row, other = loans.application("submitted"), loans.application("eligible")
    client.force_login(loans.finance())
    name = "loanapplication:index"
    form = client.get(url("?state=submitted&p=3&export=csv", name))
    assert form.context["rows"] == 1
    action = form.context["action_url"]
    assert action == url("?state=submitted", name)
    found = cells(take(client, action))
    assert row.receipt_number in found
    assert other.receipt_number not in found
    assert AccessLog.objects.get().reason.endswith(": 1 (state=submitted)")
    assert {each.receipt_number for each in LoanApplication.objects.all()} <= set(
        cells(take(client, url(name=name)))
    )


@pytest.mark.parametrize("length", [5, 200])
def test_the_filters_are_kept_whole_however_long_the_reason(staff, application, length):
    search = "q=" + "가" * 150
    assert take(staff, url(f"?{search}"), reason="보" * length).status_code == 200
    reason = AccessLog.objects.get().reason
    assert reason.endswith(f"({search})")
    assert reason.startswith("보" * min(length, 40 - 1))
    assert len(reason) <= 300


def test_a_search_is_kept_too(staff, application):
    other = incubator.submitted()
    found = cells(take(staff, url(f"?q={application.receipt_number}")))
    assert application.receipt_number in found
    assert other.receipt_number not in found


def test_more_rows_than_one_page_shows(staff, application):
    rows = [incubator.submitted(application.call) for _ in range(3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.office.viewset.ScopedIndexView.paginate_by", 2)
        found = cells(take(staff, url("?p=2")))
    assert {row.receipt_number for row in [application, *rows]} <= set(found)


def test_the_button_of_the_list_leads_to_the_form(staff, application):
    body = staff.get(url(f"?call={application.call_id}")).content.decode()
    assert f"{url()}?call={application.call_id}&amp;export=xlsx" in body
    assert "export=csv" not in body
    fragment = staff.get(url(f"?call={application.call_id}", "incubator_applications:index_results"))
    assert f"{url()}?call={application.call_id}&amp;export=xlsx" in fragment.content.decode()


def test_who_may_not_see_the_list_takes_nothing(client, application):
    client.force_login(incubator.UserFactory(role=Role.EDITOR))
    assert take(client).status_code in {302, 403}
    assert client.get(url("?export=csv")).status_code in {302, 403}
    assert not AccessLog.objects.exists()


def test_another_site_cannot_make_somebody_download(application):
    client = Client(enforce_csrf_checks=True)
    client.force_login(incubator.staff())
    assert take(client).status_code == 403


@pytest.mark.parametrize("typed", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])
def test_what_people_typed_is_no_formula(staff, application, typed):
    Application.objects.filter(pk=application.pk).update(title=typed)
    assert f"'{typed}" in cells(take(staff))
