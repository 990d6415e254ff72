"""Files that editors publish: judged by their content, like every other upload."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm

from core.documents.uploads import check_upload


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, in each of its doors: adding, adding several, choosing, replacing."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_upload(file)
        return file
