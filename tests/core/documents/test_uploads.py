import io
import struct
import unicodedata
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from core.documents import filetypes
from core.documents.forms import DocumentField
from core.documents.uploads import check_upload, clean_name
from tests.core.documents.files import CONTENT, PROGRAM, WORD_97, office, upload, zipped


def refusal(name, content):
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        check_upload(upload(name, content))
    return refused.value


@pytest.mark.parametrize("extension", CONTENT)
def test_a_true_file_of_every_allowed_type_is_accepted(extension):
    assert check_upload(upload(f"사업계획서.{extension}", CONTENT[extension])).extension == extension


@pytest.mark.parametrize("name", ["사진.JPEG", "사진.jpeg", "사진.JPG"])
def test_names_of_jpegs_vary(name):
    assert check_upload(upload(name, CONTENT["jpg"])).content_type == "image/jpeg"


@pytest.mark.parametrize("extension", [kind for kind in CONTENT if kind != "zip"])
@pytest.mark.parametrize("real", CONTENT)
def test_a_lying_extension_is_refused_with_the_reason(extension, real):
    if extension == real:
        return
    error = refusal(f"plan.{extension}", CONTENT[real])
    assert error.code == "lying_extension"
    assert f"“.{extension}”" in error.messages[0] or f".{extension}" in error.messages[0]
    assert f"“.{real}”" in error.messages[0]


def test_a_program_called_pdf_is_refused():
    assert refusal("plan.pdf", PROGRAM).code == "lying_extension"


def test_an_old_word_file_called_hwp_is_refused():
    assert refusal("plan.hwp", WORD_97).code == "lying_extension"


@pytest.mark.parametrize("name", ["plan.exe", "plan", "plan.pdf.exe", "plan.html", "plan.svg", ".pdf"])
def test_other_types_are_refused_and_the_allowed_ones_named(name):
    error = refusal(name, CONTENT["pdf"])
    assert error.code == "type"
    assert "hwpx" in error.messages[0]


def test_an_empty_file_is_refused():
    assert refusal("plan.pdf", b"").code == "empty"


def test_a_file_that_is_too_large_is_refused_with_both_sizes(settings):
    settings.DOCUMENT_MAX_BYTES = 1024
    error = refusal("plan.pdf", CONTENT["pdf"] + b" " * 2048)
    assert error.code == "size"
    assert "1.0\xa0KB" in error.messages[0]


def test_an_archive_that_explodes_is_refused():
    bomb = zipped(zeros_dot_txt=b"\0" * (60 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert refusal("plan.zip", bomb).code == "bomb"
    assert refusal("plan.docx", _docx_bomb()).code == "bomb"


def _docx_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (60 * 1024 * 1024))
    return buffer.getvalue()


def test_an_archive_of_too_many_files_is_refused():
    assert refusal("plan.zip", zipped(**{f"f{n}": "" for n in range(10_001)})).code == "bomb"


def test_a_damaged_archive_is_refused():
    whole = CONTENT["zip"]
    assert refusal("plan.zip", whole[: len(whole) // 2]).code == "lying_extension"
    assert refusal("plan.zip", b"PK\x03\x04" + struct.pack("<I", 0)).code == "lying_extension"


def test_a_broken_archive_that_says_it_is_a_pdf_too_is_refused():
    assert refusal("plan.pdf", b"PK\x03\x04" + CONTENT["pdf"]).code == "lying_extension"


def test_a_true_pdf_before_an_archive_is_judged_as_that_archive_too():
    assert refusal("plan.pdf", b"PK\x03\x04%PDF-1.7\n" + _docx_bomb()).code == "bomb"


@pytest.mark.parametrize("name", ["plan.zip", "plan.docx", "plan.pdf"])
def test_a_table_of_contents_that_is_too_long_is_not_read(name, monkeypatch):
    monkeypatch.setattr(filetypes, "MAX_DIRECTORY", 1000)
    listed = zipped(**{f"f{n}": "" for n in range(100)})
    monkeypatch.setattr(filetypes.zipfile, "ZipFile", None)  # whoever opens it fails
    assert refusal(name, listed).code == "bomb"


def test_macros_are_refused():
    assert refusal("plan.docx", office("word/document.xml", word__vbaProject_dot_bin=b"x")).code == "macros"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\나\\사업계획서.hwp", "사업계획서.hwp"),
        ("계획\x00\n서.pdf", "계획서.pdf"),
        ("  . 계획서.pdf ", "계획서.pdf"),
        (unicodedata.normalize("NFD", "사업계획서.pdf"), "사업계획서.pdf"),
        ("가" * 300 + ".pdf", "가" * 196 + ".pdf"),
        ("계획\u202efdp.exe", "계획fdp.exe"),  # a name that reads backwards to hide its end
    ],
)
def test_names_are_kept_without_their_tricks(given, kept):
    assert clean_name(given) == kept


def test_the_form_field_tells_the_same(rf):
    class Form(forms.Form):
        plan = DocumentField(label="Plan")

    wrong = Form({}, {"plan": upload("plan.pdf", PROGRAM)})
    assert not wrong.is_valid()
    assert wrong.errors.as_data()["plan"][0].code == "lying_extension"
    assert Form({}, {"plan": upload("plan.pdf", CONTENT["pdf"])}).is_valid()
    assert ".hwpx" in Form()["plan"].as_widget()
