"""What waits in the office, and for whom: counted in the same number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from incubator.queries.office import applications_for_staff, staff_queues, stages_to_decide
from incubator.queries.reviews import evaluator_workload, open_reviews_for
from incubator.queries.selection import stage_ranking
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


def test_queues_count_what_waits():
    call = make.CallFactory()
    make.submitted(call)
    make.eligible(call)
    make.scored(call)
    counts = {queue.key: queue.count for queue in staff_queues(call)}
    assert (counts["to_check"], counts["to_assign"], counts["to_decide"]) == (1, 1, 1)
    assert list(stages_to_decide()) == [call.stages.get()]


def test_the_office_sees_no_drafts_and_others_see_nothing():
    make.draft()
    done = make.submitted()
    assert list(applications_for_staff(make.staff())) == [done]
    assert not applications_for_staff(make.mentor()).exists()


def test_workload_counts_per_evaluator():
    application = make.scored()
    evaluator = application.reviews.first().evaluator
    row = evaluator_workload(make.staff(), application.call).get(pk=evaluator.pk)
    assert (row.assigned, row.confirmed, row.recused) == (1, 1, 0)


@pytest.mark.parametrize("read", ["list", "ranking", "reviews", "queues"])
def test_queries_stay_the_same_however_many_there_are(read):
    call = make.CallFactory()
    mentors = [make.mentor() for _ in range(3)]
    by = User.objects.get(pk=make.staff().pk)
    stage = call.stages.get()
    reads = {
        "list": lambda: list(applications_for_staff(by)),
        "ranking": lambda: stage_ranking(stage).rows,
        "reviews": lambda: list(open_reviews_for(mentors[0])),
        "queues": lambda: staff_queues(call),
    }

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reads[read]()
        return len(queries)

    make.in_review(call, mentors=mentors)
    reads[read]()
    few = count()
    for _ in range(5):
        make.in_review(call, mentors=mentors)
    assert count() == few
