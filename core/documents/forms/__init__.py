from core.documents.forms.fields import DocumentField

__all__ = ["DocumentField"]
