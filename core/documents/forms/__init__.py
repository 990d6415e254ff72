from core.documents.forms.fields import DocumentField
from core.documents.forms.uploads import Place, UploadForm, attach_chosen

__all__ = ["DocumentField", "Place", "UploadForm", "attach_chosen"]
