from core.documents.services.store import destroy_documents, remove_document, store_document

__all__ = ["destroy_documents", "remove_document", "store_document"]
