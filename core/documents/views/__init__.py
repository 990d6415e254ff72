from core.documents.views.download import document_download

__all__ = ["document_download"]
