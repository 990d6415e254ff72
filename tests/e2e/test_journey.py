"""The platform's main job, from a published call to a repaid loan and a published story, in Chromium."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.steps import applying, borrowing, clock, evaluating, public, repaying, telling

pytestmark = pytest.mark.e2e


def test_journey_from_the_call_to_the_story(visitor, tmp_path):
    today = datetime.now(ZoneInfo("Asia/Seoul")).date()

    public.read_everything(visitor)
    public.calculate(visitor)

    applying.sign_up(visitor)
    applying.fill_profile(visitor)
    applying.start(visitor)
    applying.write(visitor)
    receipt = applying.hand_in(visitor, tmp_path)

    clock.look(visitor)
    clock.move_to(visitor, today + timedelta(days=8))
    evaluating.check_documents(visitor, receipt)
    for number, stage in enumerate(("서류평가", "발표평가")):
        evaluating.assign(visitor, stage)
        evaluating.score(visitor, receipt, looking=number == 0)
        evaluating.decide(visitor, stage, receipt, looking=number == 0)
    evaluating.decide(visitor, "운영위원회 심의", receipt, looking=False)
    evaluating.sign_agreement(visitor, receipt)

    borrowing.register_business(visitor)
    application = borrowing.apply_for_loan(visitor, tmp_path)
    borrowing.check_eligibility(visitor, application)
    day = borrowing.call_committee(visitor, application, today + timedelta(days=8))
    clock.move_to(visitor, day)
    borrowing.decide_in_committee(visitor, application)
    loan = borrowing.pay_out(visitor, application)

    repaying.pay_online(visitor, loan)
    assert repaying.deposit_the_rest(visitor, loan) == 59
    repaying.check_rows(visitor, loan, day)
    repaying.take_certificate(visitor, loan)

    evaluating.graduate(visitor, receipt)
    telling.write_story(visitor)
    telling.approve_story(visitor)
    telling.find_story(visitor)
