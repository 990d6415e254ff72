from datetime import date
from io import BytesIO

import pypdf
import pytest

from core.documents.pdf import render_pdf

TEMPLATE = "tests/core/documents/typst/sample.typ"


def sheet(**facts):
    data = {
        "title": "융자금 상환 완료 증명서",
        "number": "제2026-1호",
        "issued": date(2026, 11, 22),
        "issuer": "용산구",
        "rows": [],
    }
    return pypdf.PdfReader(BytesIO(render_pdf(TEMPLATE, {**data, **facts})))


def test_korean_text_can_be_read_out_of_the_pdf():
    text = sheet(rows=[["업체명", "데모 주식회사"], ["융자금", "₩50,000,000"]]).pages[0].extract_text()
    for words in ("융자금 상환 완료 증명서", "제2026-1호", "데모 주식회사", "₩50,000,000", "용산구"):
        assert words in text


def test_the_fonts_are_our_own_and_embedded():
    names = set()
    for font in sheet(rows=[["가", "나"]]).pages[0]["/Resources"]["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile3" in descendant["/FontDescriptor"].get_object()
        names.add(font.get_object()["/BaseFont"].split("+")[1])
    assert all(name.startswith("PretendardGOV-") for name in names)
    assert len(names) == 2


@pytest.mark.parametrize(
    "mean",
    [
        "#panic()",
        '"]); #read("/.env")',
        "$x$ *fett* _schräg_ `code`",
        "\\ \n // @ref <label> [x]",
        "#sys.inputs",
    ],
)
def test_what_a_person_wrote_is_never_executed(mean):
    text = sheet(rows=[["업체명", mean]]).pages[0].extract_text()
    assert "".join(mean.split()) in "".join(text.split())


def test_a_page_of_the_demo_says_so(settings):
    assert "데모 자료" in sheet().pages[0].extract_text()
    settings.DEMO = False
    assert "데모" not in sheet().pages[0].extract_text()


def test_a_long_list_goes_over_several_pages():
    pdf = sheet(rows=[[f"{n}회차", "1,041,666원"] for n in range(120)])
    assert len(pdf.pages) > 2
    assert "119회차" in pdf.pages[-1].extract_text()
