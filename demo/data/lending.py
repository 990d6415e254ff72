"""Loans with their histories: repaid, running, late, waiting for every kind of decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from core import clock
from core.accounts.consents import LOAN, record_consents, required_texts
from core.accounts.models import Business, User
from core.payments.services import record_bank_deposit
from demo.data.cards import pay_by_card
from demo.data.clock import at, moment
from demo.data.papers import hand_in
from loans.models import FundYear, Loan, LoanApplication, LoanRound, Product
from loans.queries.readiness import documents_missing
from loans.services.applications import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from loans.services.bank_reports import record_reported_payment
from loans.services.collection import accelerate_loan, write_off_loan
from loans.services.contracts import cancel_loan, prepare_loan
from loans.services.decisions import decide_application
from loans.services.disbursement import approve_loan, disburse_loan
from loans.services.ledger import refresh_loan
from loans.services.rounds import publish_round
from loans.services.screening import (
    Finding,
    confirm_eligible,
    record_checks,
    refuse_application,
    return_application,
)

PLAN = "매장 설비를 바꾸고 재료를 미리 사 두는 데 쓰려고 합니다. 견적서는 첨부했습니다."
REPAYMENT = "월평균 매출 2,400만원에서 고정비를 뺀 700만원 가운데 매달 갚겠습니다."


@dataclass(frozen=True)
class Cast:
    """Who works with loans."""

    finance: User
    approver: User
    secretary: User


@dataclass(frozen=True)
class Story:
    """One loan: who, how much, how long ago, and how it is repaid. ``missed`` counts the latest unpaid ones.

    The latest ``by_card`` payments were made online. ``called_in`` and ``given_up`` say how many days ago it was
    accelerated and written off.
    """

    firm: Business
    borrower: User
    fund: str
    amount: int
    months_ago: int
    due_day: int
    missed: int = 0
    by_card: int = 0
    repaid: bool = False
    called_in: int = 0
    given_up: int = 0


def load_round(product: Product, year: int, *, today: date, by: User) -> LoanRound:
    """The round of ``year``: open now in this year, over in earlier ones."""
    title = f"{year}년 {product.fund.name} 융자계획 공고"
    if found := LoanRound.objects.filter(title=title).first():
        return found
    opens, closes = date(year, 1, 1), date(year, 12, 31)  # the whole year: whatever day the demo is loaded on
    if year == today.year:
        opens, closes = min(opens, today - timedelta(days=30)), max(closes, today + timedelta(days=25))
    fund_year = FundYear.objects.get(fund=product.fund, year=year)
    with at(moment(opens - timedelta(days=7), 10)):
        loan_round = LoanRound.objects.create(
            fund_year=fund_year,
            product=product,
            title=title,
            opens_at=moment(opens, 9),
            closes_at=moment(closes, 18),
            plan_amount=fund_year.plan_amount,
            notice="접수 순서가 아니라 심사표 점수와 위원회 심의로 정합니다.",
            is_demo=True,
        )
        return publish_round(by=by, loan_round=loan_round)


def apply_for_loan(
    *, by: User, business: Business, loan_round: LoanRound, amount: int, draft: bool = False
) -> LoanApplication:
    """The whole application, handed in unless it stays a ``draft``."""
    texts = required_texts(LOAN)
    record_consents(by=by, texts=texts)
    application = start_application(by=by, loan_round=loan_round, business=business, consents=texts)
    save_application(
        by=by,
        application=application,
        values={
            "amount": amount,
            "purpose": loan_round.product.purposes[0],
            "plan": PLAN,
            "repayment_plan": REPAYMENT,
            "security": LoanApplication.Security.GUARANTEE,
        },
    )
    if draft:
        return application
    for document in documents_missing(application):
        hand_in(by=by, owner=application, kind=document.kind, name=document.name)
    return submit_application(by=by, application=application)


def screen(application: LoanApplication, cast: Cast) -> LoanApplication:
    """All conditions met: on to the committee."""
    items = application.round.product.eligibility_items.all()
    record_checks(by=cast.finance, application=application, findings=[Finding(item, True) for item in items])
    return confirm_eligible(by=cast.finance, application=application)


def tell_loan(story: Story, *, loan_round: LoanRound, cast: Cast, today: date) -> Loan:
    """From the application to the last payment that was made."""
    loan = pay_out(story, loan_round=loan_round, cast=cast, today=today)
    loan = _repay(loan, story, cast=cast, today=today)
    return _collect(loan, story, cast=cast, today=today)


def pay_out(story: Story, *, loan_round: LoanRound, cast: Cast, today: date) -> Loan:
    """From the application to the day on which the loan was paid out."""
    start = months_before(today, story.months_ago)
    with at(moment(start - timedelta(days=30), 10)):
        application = apply_for_loan(
            by=story.borrower, business=story.firm, loan_round=loan_round, amount=story.amount
        )
    with at(moment(start - timedelta(days=20), 10)):
        application = screen(application, cast)
    with at(moment(start - timedelta(days=10), 15)):
        application = decide_application(by=cast.secretary, application=application, approved=True)
    with at(moment(start - timedelta(days=3), 11)):
        loan = prepare_loan(by=cast.finance, application=application, planned_on=start, due_day=story.due_day)
    with at(moment(start - timedelta(days=2), 11)):
        loan = approve_loan(by=cast.approver, loan=loan)
    with at(moment(start, 14)):
        return disburse_loan(by=cast.finance, loan=loan, on=start)


def _collect(loan: Loan, story: Story, *, cast: Cast, today: date) -> Loan:
    """What is decided by a person when nothing is paid any more."""
    if story.called_in:
        with at(moment(today - timedelta(days=story.called_in), 15)):
            reason = "원금과 이자를 석 달 넘게 갚지 않아 미리 알린 뒤 기한의 이익을 상실했습니다."
            loan = accelerate_loan(by=cast.approver, loan=refresh_loan(loan, clock.today()), reason=reason)
    if story.given_up:
        with at(moment(today - timedelta(days=story.given_up), 15)):
            reason = "폐업하고 남은 재산이 없어 대손으로 처리합니다."
            loan = write_off_loan(by=cast.approver, loan=refresh_loan(loan, clock.today()), reason=reason)
    return refresh_loan(loan, today)


def _repay(loan: Loan, story: Story, *, cast: Cast, today: date) -> Loan:
    due_days = list(
        loan.instalments.filter(due_on__lt=today).order_by("number").values_list("due_on", flat=True)
    )
    paid = due_days[: len(due_days) - story.missed] if story.missed else due_days
    for left, day in zip(range(len(paid), 0, -1), paid, strict=True):
        with at(moment(day, 13)):
            loan = refresh_loan(loan, day)
            if left <= story.by_card:
                pay_by_card(loan, day)
            else:
                _deposit(loan, loan.owed, day, cast)
    if story.repaid:
        day = today - timedelta(days=12)
        with at(moment(day, 13)):
            loan = refresh_loan(loan, day)
            _deposit(loan, payoff(loan, day), day, cast)
    loan.refresh_from_db()
    return refresh_loan(loan, today)


def payoff(loan: Loan, day: date) -> int:
    """What closes the loan on ``day``, in won."""
    from loans.queries.payments import payment_offers

    return next(offer.amount for offer in reversed(payment_offers(loan, day)))


def _deposit(loan: Loan, amount: int, day: date, cast: Cast) -> None:
    """Money that came to the district's account, or of which the bank reported that it came to the bank."""
    token = uuid5(NAMESPACE_URL, f"demo/{loan.number}/{day}")
    if amount <= 0:
        return
    if loan.is_bank_serviced:
        record_reported_payment(by=cast.finance, loan=loan, token=token, amount=amount, received_on=day)
        return
    record_bank_deposit(
        by=cast.finance,
        subject=loan,
        amount=amount,
        deposited_on=day,
        payer_name=loan.business.name,
        token=token,
    )


def tell_waiting(
    *, firms: Sequence[tuple[User, Business]], loan_round: LoanRound, cast: Cast, today: date
) -> None:
    """Applications of this year's round in every state before a loan is paid out."""
    amounts = (30_000_000, 40_000_000, 20_000_000, 50_000_000, 25_000_000, 35_000_000, 45_000_000, 15_000_000)
    rows = []
    for index, (person, business) in enumerate(firms):
        with at(moment(today - timedelta(days=20 - index), 10, index)):
            rows.append(
                apply_for_loan(
                    by=person,
                    business=business,
                    loan_round=loan_round,
                    amount=amounts[index % len(amounts)],
                    draft=index == len(firms) - 1,
                )
            )
    with at(moment(today - timedelta(days=6), 10)):
        return_application(
            by=cast.finance,
            application=rows[1],
            reason="납세증명이 30일을 지났어요. 새로 떼어 올려 주세요.",
            correct_by=moment(today + timedelta(days=5), 18),
        )
        refuse_application(by=cast.finance, application=rows[2], reason="사업장이 용산구에 있지 않아요.")
        eligible = [screen(row, cast) for row in rows[3:7]]
    with at(moment(today - timedelta(days=3), 16)):
        selected = decide_application(by=cast.secretary, application=eligible[0], approved=True)
        decide_application(
            by=cast.secretary, application=eligible[1], approved=False, reason="상환 계획이 부족합니다."
        )
        ready = decide_application(by=cast.secretary, application=eligible[2], approved=True)
    with at(moment(today - timedelta(days=2), 10)):
        prepare_loan(by=cast.finance, application=selected, planned_on=today, due_day=15)
        approved = prepare_loan(by=cast.finance, application=ready, planned_on=today, due_day=25)
    with at(moment(today - timedelta(days=1), 10)):
        approve_loan(by=cast.approver, loan=approved)


def load_special_round(
    product: Product, name: str, opens: date, *, plan: int, by: User, publish: bool = True
) -> LoanRound:
    """A round that is open for four weeks, beside the one of the year."""
    title = f"{product.fund.name} {name} 공고"
    if found := LoanRound.objects.filter(title=title).first():
        return found
    with at(moment(opens - timedelta(days=7), 10)):
        loan_round = LoanRound.objects.create(
            fund_year=FundYear.objects.filter(fund=product.fund, year__lte=opens.year).latest("year"),
            product=product,
            title=title,
            opens_at=moment(opens, 9),
            closes_at=moment(opens + timedelta(days=28), 18),
            plan_amount=plan,
            notice="계획 금액의 120%까지 선정하고, 그다음은 예비후보로 둡니다.",
            is_demo=True,
        )
        return publish_round(by=by, loan_round=loan_round) if publish else loan_round


def tell_small_round(
    *, firms: Sequence[tuple[User, Business]], loan_round: LoanRound, cast: Cast, today: date
) -> None:
    """Selected and not yet prepared, on the reserve, called off before it was paid out, withdrawn."""
    amounts = (40_000_000, 40_000_000, 15_000_000, 20_000_000)
    with at(moment(today - timedelta(days=40), 10)):
        chosen, reserve, called_off, gone = (
            apply_for_loan(by=person, business=business, loan_round=loan_round, amount=amount)
            for (person, business), amount in zip(firms, amounts, strict=True)
        )
    with at(moment(today - timedelta(days=25), 10)):
        withdraw_application(by=firms[3][0], application=gone, reason="다른 자금을 구했어요.")
        chosen, reserve, called_off = (screen(row, cast) for row in (chosen, reserve, called_off))
    with at(moment(today - timedelta(days=20), 16)):
        decide_application(by=cast.secretary, application=chosen, approved=True)
        called_off = decide_application(by=cast.secretary, application=called_off, approved=True)
        decide_application(by=cast.secretary, application=reserve, approved=True)
    with at(moment(today - timedelta(days=15), 10)):
        loan = prepare_loan(
            by=cast.finance, application=called_off, planned_on=today - timedelta(days=10), due_day=15
        )
    with at(moment(today - timedelta(days=12), 10)):
        cancel_loan(by=cast.finance, loan=loan, reason="신청인이 사업을 미루기로 해 대출을 받지 않습니다.")


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, at most the 28th."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
