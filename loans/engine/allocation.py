"""Where money goes: through what is due in the agreed order, then, if the terms say so, ahead of time."""

from __future__ import annotations

from collections.abc import Iterable

from .ledger import Column, Entry, Ledger, Money
from .plan import cut_from_end, cut_from_front
from .rules import Component, Prepaying, Waterfall


def settle_rows(column: Column, rows: Iterable[int], event: str, amount: int, log: list[Entry]) -> int:
    """Pay ``amount`` into ``rows`` of one component, the first row first; returns what is left of it."""
    component, billed, settled = column
    numbered = component is not Component.FEE
    for row in rows:
        owed = billed[row] - settled[row]
        if owed > 0:
            part = min(owed, amount)
            settled[row] += part
            amount -= part
            log.append((event, component, row + 1 if numbered else 0, part))
            if not amount:
                break
    return amount


def settle_due(ledger: Ledger, event: str, amount: int) -> int:
    """Run ``amount`` through everything due, in the agreed order; returns what is left of it."""
    rows = range(ledger.oldest, ledger.current)
    log = ledger.entries
    if ledger.terms.allocation.run is Waterfall.BY_COMPONENT:
        steps = [(column, rows) for column in ledger.waterfall]
    else:
        # Fees belong to no instalment: they are paid in their turn with the oldest, or by themselves.
        steps = [(column, range(row, row + 1)) for row in rows for column in ledger.waterfall]
        steps.append((ledger.columns[Component.FEE], rows))
    for column, some in steps:
        targets = range(len(ledger.fees)) if column[0] is Component.FEE else some
        amount = settle_rows(column, targets, event, amount, log)
        if not amount:
            break
    return amount


def close_rows(ledger: Ledger, day: int) -> None:
    """Forget late interest of rows settled within its grace, and step over rows that are settled for good."""
    rule = ledger.terms.late
    plan, paid = ledger.plan, ledger.settled_principal
    interest, interest_paid = ledger.interest, ledger.settled_interest
    if rule is not None and rule.grace_days:
        for row in range(ledger.oldest, ledger.current):
            settled = plan[row] == paid[row] and interest[row] == interest_paid[row]
            if settled and day <= ledger.dues[row] + rule.grace_days:
                ledger.late_num[row] = 0
    row = ledger.oldest
    while (
        row < ledger.current
        and plan[row] == paid[row]
        and interest[row] == interest_paid[row]
        and ledger.late[row] == ledger.settled_late[row]
    ):
        row += 1
    ledger.oldest = row


def apply_pool(ledger: Ledger, day: int) -> None:
    """Let unapplied money settle what is due on ``day``; what is left stays unapplied."""
    ledger.accrue_late(day)
    pool, ledger.pool = ledger.pool, []
    for event, amount, waits in pool:
        left = settle_due(ledger, event, amount)
        if left:
            ledger.pool.append(Money(event, left, waits))
    close_rows(ledger, day)


def draw(ledger: Ledger, component: Component, number: int, amount: int) -> None:
    """Take ``amount`` from the money that does not wait, the oldest first, and record what it was for."""
    pool, ledger.pool = ledger.pool, []
    for event, held, waits in pool:
        part = 0 if waits else min(held, amount)
        if part:
            ledger.entries.append((event, component, number, part))
            amount -= part
        if held > part:
            ledger.pool.append(Money(event, held - part, waits))


def prepay(ledger: Ledger, day: int, effect: Prepaying) -> None:
    """Use money before anything is due: for interest accrued to the day, the fee, then principal (민법 479).

    Money that waits is left out, unless all of it together covers the payoff amount: then the loan is settled
    whatever the ``effect``.
    """
    if ledger.current == ledger.count or not ledger.pool:
        return
    ledger.accrue(day)
    interest = ledger.accrued_due()
    payoff = interest + ledger.undue + prepayment_fee(ledger, day, ledger.undue)
    if 0 < payoff <= sum(money.amount for money in ledger.pool):
        ledger.pool = [money._replace(waits=False) for money in ledger.pool]
    free = sum(money.amount for money in ledger.pool if not money.waits)
    if not free:
        return
    row = ledger.billing_row()
    paid = min(free, interest)
    ledger.settled_interest[row] += paid
    draw(ledger, Component.INTEREST, row + 1, paid)
    principal = affordable(ledger, day, free - paid)
    if principal:
        _charge_fee(ledger, day, principal)
        ledger.prepaid[ledger.current] += principal
        ledger.undue -= principal
        draw(ledger, Component.PRINCIPAL, ledger.current + 1, principal)
        _replan_after(ledger, principal, effect)


def prepayment_fee(ledger: Ledger, day: int, principal: int) -> int:
    """The fee for prepaying ``principal`` more on ``day``, given what was prepaid that day already."""
    rule = ledger.terms.prepayment_fee
    if rule is None or not principal or (rule.free_from is not None and day >= rule.free_from.toordinal()):
        return 0
    base, charged = (ledger.fee_base, ledger.fee_charged) if ledger.fee_day == day else (0, 0)
    num, den = rule.rate.numerator, rule.rate.denominator
    if rule.declining:
        start, end = ledger.ends[0], ledger.ends[-1]
        num, den = num * (end - day), den * (end - start)
    return rule.rounding.round((base + principal) * num, den) - charged


def affordable(ledger: Ledger, day: int, money: int) -> int:
    """The most principal that ``money`` prepays together with its fee, at most what is not yet due.

    The fee is rounded, so this is a search: the cost rises with the principal.
    """
    low, high = 0, min(money, ledger.undue)
    if high + prepayment_fee(ledger, day, high) <= money:
        return high
    while low + 1 < high:
        middle = (low + high) // 2
        if middle + prepayment_fee(ledger, day, middle) <= money:
            low = middle
        else:
            high = middle
    return low


def _charge_fee(ledger: Ledger, day: int, principal: int) -> None:
    fee = prepayment_fee(ledger, day, principal)
    if ledger.fee_day != day:
        ledger.fee_day, ledger.fee_base, ledger.fee_charged = day, 0, 0
    ledger.fee_base += principal
    ledger.fee_charged += fee
    if fee:
        ledger.fees.append(fee)
        ledger.settled_fees.append(fee)
        draw(ledger, Component.FEE, 0, fee)


def _replan_after(ledger: Ledger, principal: int, effect: Prepaying) -> None:
    row = ledger.current
    if effect is Prepaying.LOWER:
        ledger.replan()
    elif effect is Prepaying.NEXT:
        ledger.plan[row:] = cut_from_front(ledger.plan[row:], principal)
    elif ledger.level and ledger.undue:
        ledger.keep_level()
    else:
        ledger.plan[row:] = cut_from_end(ledger.plan[row:], principal)
