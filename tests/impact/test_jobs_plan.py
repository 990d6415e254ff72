from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from core.accounts.models import User
from impact.models import AreaResult, JobsPlan
from impact.queries import public
from impact.services.plans import PlannedProject, save_jobs_plan

pytestmark = pytest.mark.django_db
FACTS = {
    "target_jobs": 7640,
    "project_count": 54,
    "employment_rate": "70.9",
    "employed": 105040,
    "published_on": date(2025, 3, 31),
    "source": "용산구 일자리대책",
}
AREAS = ["직접일자리 창출", "직업능력개발훈련", "창업지원"]
PROJECTS = [
    PlannedProject("동행일자리"),
    PlannedProject("용산 굿파트너", is_new=True, partner="서울창조경제혁신센터", area="창업지원"),
]


@pytest.fixture
def plan():
    return save_jobs_plan(year=2025, facts=FACTS, areas=AREAS, projects=PROJECTS)


def result(plan, area, quarter, target, achieved, *, is_demo=True):
    return AreaResult.objects.create(
        area=plan.areas.get(name=area),
        quarter=quarter,
        target=target,
        achieved=achieved,
        as_of=date(2025, quarter * 3, 28),
        source="시연 자료" if is_demo else "용산구",
        is_demo=is_demo,
    )


def test_save_jobs_plan_twice_changes_nothing(plan):
    save_jobs_plan(year=2025, facts=FACTS, areas=AREAS, projects=PROJECTS)
    report = public.jobs_plan(2025)
    assert [row.area.name for row in report.areas] == AREAS
    assert [project.name for project in report.projects] == ["동행일자리", "용산 굿파트너"]


def test_results_are_summed_by_quarter_and_area(plan):
    result(plan, "직접일자리 창출", 1, 100, 90)
    result(plan, "직접일자리 창출", 2, 100, 115)
    result(plan, "창업지원", 1, 50, 20)
    report = public.jobs_plan()
    assert report.total == public.Progress(250, 225)
    assert report.quarters == [public.Progress(150, 110), public.Progress(100, 115), None, None]
    assert [row.total for row in report.areas] == [public.Progress(200, 205), None, public.Progress(50, 20)]
    assert report.as_of == date(2025, 6, 28)
    assert report.sources == ["시연 자료"]


@pytest.mark.parametrize(
    ("target", "achieved", "percent"), [(100, 0, 0), (3, 2, 66), (1000, 999, 99), (100, 130, 130), (0, 5, 0)]
)
def test_percent_is_rounded_down(target, achieved, percent):
    assert public.Progress(target, achieved).percent == percent


def test_one_demo_result_marks_the_whole_report(plan):
    result(plan, "창업지원", 1, 10, 5, is_demo=False)
    assert not public.jobs_plan().is_demo
    result(plan, "창업지원", 2, 10, 5)
    assert public.jobs_plan().is_demo


def test_the_latest_year_comes_first_and_years_can_be_chosen(client, plan):
    save_jobs_plan(year=2026, facts={"target_jobs": 8000, "source": "계획"}, areas=["창업지원"], projects=[])
    assertContains(client.get("/jobs-plan/"), "8,000개")
    assertContains(client.get("/jobs-plan/", {"year": "2025"}), "7,640개")
    assert client.get("/jobs-plan/", {"year": "1999"}).status_code == 404
    assert client.get("/jobs-plan/", {"year": "9" * 5000}).status_code == 200  # no year at all: the latest
    assert client.get("/jobs-plan/", {"year": "abc"}).status_code == 200


def test_the_page_says_of_when_whence_and_whether_it_is_real(client, plan):
    assertNotContains(client.get("/jobs-plan/"), "시연 자료예요")
    result(plan, "창업지원", 1, 1000, 610)
    response = client.get("/jobs-plan/")
    for text in [
        "시연 자료예요",
        "61%",
        "2025. 3. 28. 기준",
        "70.9%",
        "105,040명",
        "용산 굿파트너",
        "용산구 일자리대책",
    ]:
        assertContains(response, text)


def test_an_empty_plan_and_no_plan_at_all(client):
    assert public.jobs_plan() is None
    assertContains(client.get("/jobs-plan/"), "아직 올라온 일자리대책이 없어요")
    save_jobs_plan(year=2025, facts=FACTS, areas=[], projects=[])
    assertContains(client.get("/jobs-plan/"), "7,640개")


def test_the_number_of_queries_does_not_grow(client, plan, django_assert_num_queries):
    """Four for the plan, two for the addresses in the footer."""
    result(plan, "창업지원", 1, 10, 5)
    client.get("/jobs-plan/")
    with django_assert_num_queries(6):
        client.get("/jobs-plan/")
    for area in AREAS[:2]:
        for quarter in (1, 2, 3, 4):
            result(plan, area, quarter, 10, 5)
    with django_assert_num_queries(6):
        client.get("/jobs-plan/")


def test_one_result_per_area_and_quarter(plan):
    result(plan, "창업지원", 1, 10, 5)
    with pytest.raises(IntegrityError):
        result(plan, "창업지원", 1, 10, 6)


def test_programme_staff_edit_in_the_office(client, plan):
    user = User.objects.create_user(email="staff@example.com", name="직원")
    user.groups.add(Group.objects.get(name="programme_staff"))
    client.force_login(user)
    response = client.post(
        reverse("arearesult:add"),
        {
            "area": plan.areas.get(name="창업지원").pk,
            "quarter": 1,
            "target": 10,
            "achieved": 4,
            "as_of": "2025-03-31",
            "source": "용산구",
        },
    )
    assert response.status_code == 302
    assert AreaResult.objects.get().achieved == 4
    assert client.get(reverse("jobsplan:edit", args=[JobsPlan.objects.get().pk])).status_code == 200


def test_the_goal_says_of_which_year_it_is(client, plan):
    """A plan stays the latest until the next one is announced: “this year” would be wrong by then."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assertContains(client.get(reverse("jobs_plan")), "Jobs to create in 2025")
