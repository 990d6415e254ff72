"""What a file is, judged by its content. The name only has to agree."""

import zipfile
from collections.abc import Callable
from typing import IO, NamedTuple

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HEAD = 8192
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_MEMBERS = 10_000
MAX_DIRECTORY = MAX_MEMBERS * 400
"""Bytes of an archive's table of contents, which is read as a whole before its members can be counted."""
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 150
SMALL_ENOUGH_TO_UNPACK = 50 * 1024 * 1024
"""Below this size no ratio is suspicious: a spreadsheet of zeros packs very well."""


class FileType(NamedTuple):
    extension: str
    content_type: str
    matches: Callable[[IO[bytes]], bool]


def is_pdf(file: IO[bytes]) -> bool:
    return b"%PDF-" in _head(file)[:1024]


def is_jpeg(file: IO[bytes]) -> bool:
    return _head(file).startswith(b"\xff\xd8\xff")


def is_png(file: IO[bytes]) -> bool:
    return _head(file).startswith(b"\x89PNG\r\n\x1a\n")


def is_hwp(file: IO[bytes]) -> bool:
    """HWP 5: an OLE compound file with a stream ``FileHeader`` that starts with its signature."""
    return _head(file).startswith(OLE) and _contains(
        file, b"HWP Document File", "FileHeader".encode("utf-16le")
    )


def is_zip(file: IO[bytes]) -> bool:
    return bool(_members(file))


def is_hwpx(file: IO[bytes]) -> bool:
    return (
        "Contents/content.hpf" in _members(file) and _read(file, "mimetype").strip() == b"application/hwp+zip"
    )


def _office(part: str) -> Callable[[IO[bytes]], bool]:
    return lambda file: {"[Content_Types].xml", part} <= _members(file)


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
ALLOWED = {
    kind.extension: kind
    for kind in (
        FileType("pdf", "application/pdf", is_pdf),
        FileType("jpg", "image/jpeg", is_jpeg),
        FileType("png", "image/png", is_png),
        FileType("hwp", "application/x-hwp", is_hwp),
        FileType("hwpx", "application/hwp+zip", is_hwpx),
        FileType("docx", f"{_OPEN_XML}.wordprocessingml.document", _office("word/document.xml")),
        FileType("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", _office("xl/workbook.xml")),
        FileType("pptx", f"{_OPEN_XML}.presentationml.presentation", _office("ppt/presentation.xml")),
        FileType("zip", "application/zip", is_zip),
    )
}
SYNONYMS = {"jpeg": "jpg"}


def check_content(file: IO[bytes], extension: str) -> FileType:
    """The type of ``file``, whose name ends in ``extension``. Raises ``ValidationError`` with the reason."""
    kind = ALLOWED.get(SYNONYMS.get(extension, extension))
    if kind is None:
        raise ValidationError(
            _("Files of the type “%(extension)s” are not accepted. Please upload one of these: %(allowed)s."),
            code="type",
            params={"extension": extension or "?", "allowed": ", ".join(sorted(ALLOWED))},
        )
    packed = _head(file).startswith(b"PK")
    if packed and _directory_size(file) > MAX_DIRECTORY:
        raise _bomb()
    # what begins like an archive and is a broken one is nothing else either
    if not kind.matches(file) or (packed and not _members(file)):
        raise ValidationError(
            _(
                "The name ends in “.%(extension)s”, but the content is %(real)s. Please open the file, "
                "save it as %(extension)s and upload it again."
            ),
            code="lying_extension",
            params={"extension": extension, "real": describe(file)},
        )
    if packed:
        _refuse_dangerous_archive(file)
    return kind


def describe(file: IO[bytes]) -> str:
    """In a few words, what the content really is."""
    for kind in ALLOWED.values():
        if kind.matches(file):
            return f"“.{kind.extension}”"
    try:
        return f"“{puremagic.from_string(_head(file))}”"
    except (puremagic.PureError, ValueError):
        return str(_("of an unknown type or damaged"))


def _refuse_dangerous_archive(file: IO[bytes]) -> None:
    """An archive that explodes when unpacked, or a document with macros."""
    with zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    explodes = unpacked > SMALL_ENOUGH_TO_UNPACK and unpacked > MAX_RATIO * max(packed, 1)
    if len(infos) > MAX_MEMBERS or unpacked > MAX_UNPACKED or explodes:
        raise _bomb()
    if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
        raise ValidationError(
            _("This document contains macros. Please save it without macros and upload it again."),
            code="macros",
        )


def _bomb() -> ValidationError:
    return ValidationError(
        _("This archive is too large when unpacked. Please upload its files one by one."), code="bomb"
    )


def _directory_size(file: IO[bytes]) -> int:
    """How long the archive's table of contents says it is: as much as opening the archive would read."""
    try:
        end: list[int] | None = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # noqa: SLF001
    except (OSError, zipfile.BadZipFile):
        return 0
    return end[zipfile._ECD_SIZE] if end else 0  # type: ignore[attr-defined]  # noqa: SLF001


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(HEAD)


def _contains(file: IO[bytes], *needles: bytes) -> bool:
    """Whether all ``needles`` occur, reading in chunks that overlap."""
    left = set(needles)
    overlap = max(map(len, needles)) - 1
    file.seek(0)
    tail = b""
    while left and (chunk := file.read(1 << 20)):
        window = tail + chunk
        left = {needle for needle in left if needle not in window}
        tail = window[-overlap:]
    return not left


def _members(file: IO[bytes]) -> frozenset[str]:
    if not _head(file).startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return frozenset()


def _read(file: IO[bytes], member: str) -> bytes:
    """The start of a small member; nothing is unpacked further than this."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(member) as stream:
            return stream.read(64)
    except (KeyError, RuntimeError, zipfile.BadZipFile, OSError, NotImplementedError):
        return b""
