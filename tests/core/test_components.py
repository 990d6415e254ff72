"""The components: what they say to eyes, keyboards and screen readers."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core import clock
from core.fields import DateInput, MoneyField
from core.presentation import moments, ridge

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=SEOUL)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "today", NOON.date)


@pytest.fixture(autouse=True, params=["ko"])
def _korean(request):
    with translation.override(request.param):
        yield


def render(source: str, **context) -> str:
    return Template("{% load components %}" + source).render(Context(context))


class LoanForm(forms.Form):
    name = forms.CharField(label="Firm", help_text="As registered", max_length=40)
    amount = MoneyField(label="Amount", min_value=10_000_000, max_value=100_000_000)
    opened = forms.DateField(label="Opened", widget=DateInput(), required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    plan = forms.CharField(label="Plan", widget=forms.Textarea, max_length=10, required=False)
    file = forms.FileField(
        label="File", widget=forms.FileInput(attrs={"accept": ".pdf,.hwp"}), required=False
    )
    agree = forms.BooleanField(label="Agree")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


# ── forms ───────────────────────────────────────────────────────────────────
def test_field_ties_label_hint_and_error_to_the_input():
    html = render("{% field form.name %}", form=LoanForm({}))
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_error id_name_hint"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_hint"' in html
    assert "field__required" in html


def test_field_without_errors_is_not_invalid():
    html = render("{% field form.opened %}", form=LoanForm())
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html
    assert 'type="date"' in html


def test_field_draws_choices_as_a_fieldset_with_a_legend():
    html = render("{% field form.kind %}", form=LoanForm({}))
    assert re.search(r"<fieldset[^>]*is-error", html)
    assert 'role="radiogroup"' in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_field_says_the_limits_of_a_file():
    html = render("{% field form.file max_bytes=1048576 %}", form=LoanForm())
    assert "PDF, HWP" in html
    assert 'data-max-bytes="1048576"' in html
    assert 'aria-describedby="id_file_limits"' in html


def test_field_reads_sums_aloud():
    html = render("{% field form.amount %}", form=LoanForm(initial={"amount": 50_000_000}))
    assert 'value="50,000,000"' in html
    assert "5,000만원" in html
    assert 'inputmode="numeric"' in html


def test_field_counts_characters_and_keeps_hidden_fields_bare():
    assert "data-count-for" in render("{% field form.plan %}", form=LoanForm())
    assert "<label" not in render("{% field form.token %}", form=LoanForm())


def test_fields_of_draws_all_or_some():
    assert render("{% fields_of form %}", form=LoanForm()).count("<label") > 5
    assert render("{% fields_of form 'name' %}", form=LoanForm()).count("<label") == 1


@pytest.mark.parametrize("typed", ["50,000,000", "50 000 000", "50000000원", "₩50,000,000"])
def test_money_field_takes_what_people_type(typed):
    assert MoneyField().clean(typed) == 50_000_000


@pytest.mark.parametrize(
    ("typed", "said"), [("9,999,999", "1,000만원"), ("100000001", "1억원"), ("-1", "1,000만원")]
)
def test_money_field_says_its_limits_in_words(typed, said):
    with pytest.raises(forms.ValidationError, match=said):
        MoneyField(min_value=10_000_000, max_value=100_000_000).clean(typed)


def test_error_summary_lists_everything_once_and_links_to_the_fields():
    html = render("{% error_summary form %}", form=LoanForm({}))
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert html.count("<li>") == 4


def test_error_summary_reads_formsets_and_keeps_quiet_without_errors():
    formset = forms.formset_factory(LoanForm, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-amount": "1"}
    )
    assert 'href="#id_form-0-name"' in render("{% error_summary formset %}", formset=formset)
    assert render("{% error_summary form none %}", form=LoanForm(), none=None).strip() == ""


# ── days ────────────────────────────────────────────────────────────────────
def test_moments_in_korean_words():
    closes = datetime(2026, 11, 28, 18, 0, tzinfo=SEOUL)
    assert moments.moment(closes) == "11월 28일(토) 18:00"
    assert moments.short_moment(closes) == "11. 28. 18:00"
    assert moments.day(closes.date().replace(year=2027)) == "2027년 11월 28일(일)"


def test_time_left_names_the_two_largest_units():
    assert moments.time_left(timedelta(days=6, hours=2, minutes=59)) == "6일 2시간"
    assert moments.time_left(timedelta(hours=2, minutes=14)) == "2시간 14분"
    assert moments.time_left(timedelta(seconds=20)) == "0분"


@pytest.mark.parametrize(
    ("hours", "text", "kind"),
    [(6, "D-day", "danger"), (48, "D-2", "danger"), (24 * 23, "D-23", "info"), (-1, "마감", "neutral")],
)
def test_d_day_says_how_near(hours, text, kind):
    html = render("{% d_day at %}", at=NOON + timedelta(hours=hours))
    assert text in html
    assert f"d-day--{kind}" in html


def test_d_day_before_the_opening_says_when_it_opens():
    html = render(
        "{% d_day closes opens %}", closes=NOON + timedelta(days=20), opens=NOON + timedelta(days=9)
    )
    assert "12. 1. 시작" in html
    assert "D-" not in html


def test_deadline_can_be_counted_down():
    html = render("{% deadline at %}", at=NOON + timedelta(days=6, hours=2))
    assert 'data-deadline="2026-11-28T14:00:00+09:00"' in html
    assert "6일 2시간" in html


# ── the ridge ───────────────────────────────────────────────────────────────
STEPS = [
    {"label": "One", "detail": "11. 1.", "state": "done"},
    {"label": "Two", "detail": "", "state": "current", "url": "/x/"},
    SimpleNamespace(label="Three", detail="12. 1.", state="todo"),
]


def test_ridge_progress_is_an_ordered_list_with_one_current_step():
    html = render("{% ridge_progress steps %}", steps=STEPS)
    assert html.count("<li") == 3
    assert html.count('aria-current="step"') == 1
    assert 'aria-hidden="true"' in html
    assert "style=" not in html


def test_ridge_is_filled_up_to_what_is_done():
    assert ridge.progress(STEPS).reached == 120
    assert ridge.progress(STEPS, share=0.5).reached == 180
    assert ridge.progress([{**step, "state": "done"} for step in STEPS[:2]]).reached == 240
    assert ridge.progress([]).reached == 0


def test_ridges_are_the_same_every_time_and_stay_on_their_field():
    assert ridge.hero_layers() == ridge.hero_layers()
    for layer in ridge.hero_layers():
        levels = [float(y) for y in re.findall(r"[ML][\d.-]+ ([\d.-]+)", layer.path)]
        assert min(levels) >= 0
        assert max(levels) <= 320


# ── the rest ────────────────────────────────────────────────────────────────
def test_status_tag_falls_back_to_neutral():
    assert "tag--success" in render("{% status_tag 'success' 'x' %}")
    assert "tag--neutral" in render("{% status_tag 'purple' 'x' %}")


def test_bar_speaks_and_stays_within_its_field():
    html = render("{% bar 3 2 'all' %}")
    assert 'width="100.00"' in html
    assert 'aria-label="all (100%)"' in html
    assert "(0%)" in render("{% bar 0 0 'none' %}")


def test_breadcrumbs_mark_the_current_page():
    html = render("{% breadcrumbs 'Calls' '/calls/' 'This' %}")
    assert 'href="/calls/"' in html
    assert 'aria-current="page">This' in html


def test_pagination_keeps_the_filters_and_marks_the_page():
    page = Paginator(range(400), 20).page(7)
    html = render("{% pagination page %}", page=page, request=RequestFactory().get("/?q=a&page=7"))
    assert "?q=a&amp;page=8" in html
    assert html.count('aria-current="page"') == 1
    single = Paginator(range(3), 20).page(1)
    assert render("{% pagination page %}", page=single, request=RequestFactory().get("/")).strip() == ""


def test_receipt_shows_number_and_second():
    html = render("{% receipt 'GP3-0047' at %}", at=NOON)
    assert "GP3-0047" in html
    assert "12:00:00" in html


def test_menu_marks_where_we_are():
    html = render("{% main_menu %}", request=RequestFactory().get("/calls/gp3/"))
    assert re.findall(r'href="([^"]+)"\s+aria-current="page"', html) == ["/calls/"]


def test_timeline_next_action_stat_and_empty_state():
    item = {"at": NOON, "title": "Passed", "detail": "well"}
    assert "11. 22. 12:00" in render("{% timeline items %}", items=[item])
    assert "krds-btn primary" in render("{% next_action 'Do it' 'Now' '/x/' 'Go' %}")
    assert "<dt>" in render("{% stat 'Balance' '1' 'note' '/x/' 'danger' %}")
    assert "/calls/" in render("{% empty_state 'Nothing' 'yet' '/calls/' 'Look' %}")


def test_an_amount_of_a_table_of_lines():
    assert render("{% won_cell 'Interest' 42465 %}") == (
        '<td role="cell" class="num" data-label="Interest">42,465원</td>'
    )
    nothing = '<td role="cell" class="num num--nothing" data-label="Interest">–</td>'
    assert render("{% won_cell 'Interest' 0 %}") == render("{% won_cell 'Interest' %}") == nothing
