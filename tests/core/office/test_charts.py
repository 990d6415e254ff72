"""Charts can be read: amounts stand in titles, names are escaped, nothing divides by zero."""

import re

from django.utils.safestring import SafeString

from core.charts import HEIGHT, Bar, bar_chart

TWO = [
    Bar(label="1", amounts=(3_000_000, 1_000_000), title="2026-01: 4,000,000원"),
    Bar(label="2", amounts=(1_000_000, 0), title="2026-02: 1,000,000원"),
]


def heights(svg):
    return [float(found) for found in re.findall(r'<rect[^>]* height="([\d.]+)"', svg)]


def names(svg):
    return re.findall(r'<span class="gp-chart__label[^"]*">([^<]+)</span>', svg)


def test_every_column_says_its_amount_and_its_name():
    svg = bar_chart(bars=TWO, title="상환 예정액")
    assert isinstance(svg, SafeString)
    assert "<title>2026-01: 4,000,000원</title>" in svg
    assert 'aria-label="상환 예정액"' in svg
    assert names(svg) == ["1", "2"]


def test_heights_are_in_proportion():
    first, second, third, _nothing = heights(bar_chart(bars=TWO, title="x"))
    assert abs(first - 3 * second) < 0.5
    assert second == third
    assert first + second <= HEIGHT


def test_a_column_without_a_title_is_called_by_its_label():
    assert "<title>3월</title>" in bar_chart(bars=[Bar(label="3월", amounts=(1,))], title="x")


def test_names_are_escaped():
    bad = "<script>alert(1)</script>"
    svg = bar_chart(bars=[Bar(label=bad, amounts=(1,), title=bad)], title=f'"{bad}', series=[bad])
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert 'aria-label="&quot;' in svg


def test_the_legend_names_the_series():
    svg = bar_chart(bars=TWO, title="x", series=["원금", "이자"])
    assert svg.count("<li>") == 2
    assert "figcaption" not in bar_chart(bars=TWO, title="x")


def test_nothing_to_show_is_still_a_chart():
    assert heights(bar_chart(bars=[Bar(label="1", amounts=(0, 0))], title="x")) == [0.0, 0.0]
    assert "<svg" in bar_chart(bars=[], title="x")


def test_names_are_text_and_as_many_as_fit():
    years = [Bar(label=str(2027 + n), amounts=(1,)) for n in range(40)]
    svg = bar_chart(bars=years, title="x")
    assert "<text" not in svg
    assert names(svg) == [str(2027 + n) for n in range(0, 40, 4)]
    on_a_phone = re.findall(r'<span class="gp-chart__label">([^<]+)</span>', svg)
    assert on_a_phone == ["2027", "2035", "2043", "2051", "2059"]
    assert names(bar_chart(bars=years[:5], title="x")) == ["2027", "2028", "2029", "2030", "2031"]
