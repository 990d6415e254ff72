"""The calculator's questions: a product's terms, or one's own."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import DateInput, MoneyField
from core.money import format_won
from loans.engine import Frequency, Method
from loans.models import Product, choices
from loans.queries.public import public_products
from loans.queries.rates import Rate, rate_for

MOST = 10_000_000_000
MOST_INSTALMENTS = 480
OWN = "own"
EARLIEST = date(2000, 1, 1)
FURTHEST = timedelta(days=3660)
PERIODS = [choice for choice in choices.FREQUENCIES if choice[0] != Frequency.HALF_YEARLY]


class CalculatorForm(forms.Form):
    """Amount and product are enough; with “own terms” the rest counts. Every value has its limits."""

    found_rate: Rate | None = None

    amount = MoneyField(label=_("Amount"), min_value=10_000, max_value=MOST)
    product = forms.ChoiceField(label=_("Loan"))
    start = forms.DateField(label=_("Paid out on"), required=False, widget=DateInput())
    rate = forms.DecimalField(
        label=_("Annual rate (%)"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(20),
        max_digits=5,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"step": "0.001", "inputmode": "decimal"}),
    )
    method = forms.ChoiceField(label=_("Repayment"), required=False, choices=choices.METHODS)
    frequency = forms.ChoiceField(label=_("How often"), required=False, choices=PERIODS)
    instalments = forms.IntegerField(
        label=_("Instalments in all"), required=False, min_value=1, max_value=MOST_INSTALMENTS
    )
    grace = forms.IntegerField(
        label=_("of which in the grace period"), required=False, min_value=0, max_value=MOST_INSTALMENTS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = {product.code: product for product in public_products()}
        options = [(product.code, product.name) for product in self.products.values()]
        self.fields["product"].choices = [*options, (OWN, _("My own terms"))]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Product | None:
        """The product, unless own terms were asked for."""
        return self.products.get(self.cleaned_data.get("product", ""))

    def clean_start(self) -> date | None:
        """Within the years for which a calendar makes sense."""
        start: date | None = self.cleaned_data["start"]
        if start is not None and not EARLIEST <= start <= clock.today() + FURTHEST:
            raise forms.ValidationError(_("Please choose a day within the next ten years."))
        return start

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "product" not in data:
            return data
        product = self.chosen
        if product is None:
            self._check_own(data)
        else:
            self._check_rate(product, data)
        if product is not None and "amount" in data and not product.least <= data["amount"] <= product.limit:
            self.add_error(
                "amount",
                _("This loan goes from %(least)s to %(most)s.")
                % {"least": format_won(product.least), "most": format_won(product.limit)},
            )
        return data

    def _check_rate(self, product: Product, data: dict[str, Any]) -> None:
        year = (data.get("start") or clock.today()).year
        self.found_rate = rate_for(product.fund_id, year)
        if self.found_rate is None and "start" not in self.errors:
            self.add_error(
                "start",
                _("No rate of this loan is known for %(year)s or any year before it.") % {"year": year},
            )

    def _check_own(self, data: dict[str, Any]) -> None:
        data["method"] = data.get("method") or Method.EQUAL_PRINCIPAL.value
        data["frequency"] = data.get("frequency") or Frequency.MONTHLY.value
        for name in ("rate", "instalments"):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("With your own terms this is needed too."))
        count, grace = data.get("instalments"), data.get("grace")
        if count is not None and grace is not None and grace >= count:
            self.add_error("grace", _("The grace period must end before the last instalment."))
