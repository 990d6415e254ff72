"""Small true files of every kind, and a few that lie."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(**members: str | bytes) -> bytes:
    """A zip archive; in names ``__`` stands for ``/`` and ``_dot_`` for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def office(part: str, **more: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        for name, content in more.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


CONTENT = {
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64 + b"\xff\xd9",
    "png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    "hwp": OLE
    + b"\x00" * 1_048_570
    + "FileHeader".encode("utf-16le")
    + b"\x00" * 300
    + b"HWP Document File"
    + b"\x00" * 32,
    "hwpx": zipped(mimetype="application/hwp+zip", Contents__content_dot_hpf="<opf/>"),
    "docx": office("word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "zip": zipped(plan_dot_txt="계획"),
}
WORD_97 = OLE + b"\x00" * 512 + "WordDocument".encode("utf-16le") + b"\x00" * 64
PROGRAM = b"MZ\x90\x00" + b"\x00" * 128


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
