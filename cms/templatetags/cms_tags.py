"""Words that the public pages need for what other rooms keep as numbers."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation import moments
from core.presentation.ridge import ProgressStep
from incubator.models import Stage
from loans.engine import Frequency, Method
from loans.models import Product

register = template.Library()

MONTHS_A_YEAR = 12


@register.simple_tag
def section_url(slug: str) -> str:
    """The address of a fixed section of the site, such as ``calls``."""
    return f"{reverse('wagtail_serve', args=[''])}{slug}/"


@register.filter
def repayment_terms(product: Product) -> str:
    """``1년 거치 4년 원금균등``: how long only interest is paid, then how the principal is."""
    months = Frequency(product.frequency).months
    paying = _span((product.instalments - product.grace_instalments) * months)
    words = {
        Method.EQUAL_PRINCIPAL: _("%(span)s in equal parts of principal"),
        Method.EQUAL_PAYMENT: _("%(span)s in equal payments"),
        Method.BULLET: _("all at the end of %(span)s"),
    }[Method(product.method)] % {"span": paying}
    if not product.grace_instalments:
        return words
    grace = _("%(span)s of interest only") % {"span": _span(product.grace_instalments * months)}
    return _("%(grace)s, then %(rest)s") % {"grace": grace, "rest": words}


@register.filter
def repayment_meaning(product: Product) -> str:
    """The same without terms of the trade, as somebody would explain it at the desk."""
    then = {
        Method.EQUAL_PRINCIPAL: _(
            "You pay back the same part of the principal each time, and the interest on what is left."
        ),
        Method.EQUAL_PAYMENT: _("You pay the same sum each time, principal and interest together."),
        Method.BULLET: _("You pay interest each time, and the whole principal at the end."),
    }[Method(product.method)]
    first = _("During the grace period you pay interest only.") if product.grace_instalments else ""
    return f"{first} {then}".strip()


def _span(months: int) -> str:
    years, rest = divmod(months, MONTHS_A_YEAR)
    parts = [ngettext("%(years)s year", "%(years)s years", years) % {"years": years}] if years else []
    parts += [ngettext("%(months)s month", "%(months)s months", rest) % {"months": rest}] if rest else []
    return " ".join(parts)


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that keeps one item per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def climb(stages: Iterable[Stage]) -> list[ProgressStep]:
    """The stages of a call as a way up that lies ahead."""
    return [
        ProgressStep(
            stage.name, f"{moments.short_day(stage.starts_on)} – {moments.short_day(stage.ends_on)}", "todo"
        )
        for stage in stages
    ]
