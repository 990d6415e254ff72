"""Won: whole numbers, always. Formatting for people, in their language, and splitting without losing one."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

EOK = 100_000_000
MAN = 10_000


def format_won(amount: int) -> str:
    """``1041666`` → ``1,041,666원``, for readers of English ``₩1,041,666``."""
    text = _("₩%(amount)s") % {"amount": f"{abs(amount):,}"}
    return f"-{text}" if amount < 0 else text


def format_won_short(amount: int) -> str:
    """Large sums as people say them: ``150_000_000`` → ``1억 5,000만원``; what is below 만 stays exact.

    English has no word for 만: its readers get every digit.
    """
    if get_language() == "en":
        return format_won(amount)
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    eok, rest = divmod(rest, EOK)
    man, won = divmod(rest, MAN)
    parts = [f"{eok:,}억"] if eok else []
    parts += [f"{man:,}만"] if man else []
    parts += [f"{won:,}"] if won else []
    return f"{sign}{' '.join(parts) or '0'}원"


def format_won_round(amount: int) -> str:
    """For a glance: ``581_458_343`` → ``5억 8,145만원``; what is below 만 is cut, small sums stay exact."""
    if abs(amount) < MAN:
        return format_won_short(amount)
    cut = abs(amount) // MAN * MAN
    return format_won_short(cut if amount > 0 else -cut)


def format_percent(rate: Decimal) -> str:
    """A rate as people read it, exactly: ``Decimal("0.01000")`` → ``1%``, ``0.015`` → ``1.5%``."""
    return f"{(rate * 100).normalize():f}%"


def split_won(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` in proportion to ``weights`` by largest remainder; the parts sum to ``amount``.

    Raises ``ValueError`` when a weight is negative or all are zero.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts


_DIGITS = "영일이삼사오육칠팔구"
_SMALL = ("", "십", "백", "천")
_LARGE = ("", "만", "억", "조")


def won_in_words(amount: int) -> str:
    """A sum as legal papers write it: ``50_000_000`` → ``오천만``, ``10_100`` → ``일만일백``.

    Every digit is written, 일 included, so that nothing can be slipped in before it.
    """
    if amount < 0:
        raise ValueError("papers name no negative sums")
    groups = []
    for large in _LARGE:
        amount, group = divmod(amount, MAN)
        if group:
            groups.append(_group_in_words(group) + large)
    if amount:
        raise ValueError("too large for the papers")
    return "".join(reversed(groups)) or _DIGITS[0]


def _group_in_words(group: int) -> str:
    digits = [(int(digit), _SMALL[place]) for place, digit in enumerate(reversed(str(group)))]
    return "".join(_DIGITS[digit] + place for digit, place in reversed(digits) if digit)
