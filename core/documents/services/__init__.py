from core.documents.services.store import remove_document, store_document

__all__ = ["remove_document", "store_document"]
