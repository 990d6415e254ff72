"""A document to hand in: a real, small PDF that says what it stands for."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from core.accounts.models import User
from core.documents.models import Document
from core.documents.services import store_document

_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 68>>stream
BT /F1 24 Tf 72 720 Td (Demo document - not a real certificate) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
"""


@cache
def pdf() -> bytes:
    """The bytes of the page, with its cross-reference table."""
    offsets = [_PAGE.index(b"%d 0 obj" % number) for number in range(1, 6)]
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return _PAGE + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(_PAGE)


def hand_in(*, by: User, owner: Model, kind: str, name: str) -> Document:
    """Upload the page as the document ``kind``."""
    upload = SimpleUploadedFile(f"{name} (데모).pdf", pdf(), content_type="application/pdf")
    return store_document(by=by, owner=owner, kind=kind, upload=upload)
