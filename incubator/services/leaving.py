"""What is erased when an applicant leaves."""

from core.accounts.models import User
from core.documents.services import destroy_documents


def erase_drafts(user: User) -> None:
    """Applications that were never handed in, with their files."""
    for draft in user.applications.filter(submitted_at=None):
        destroy_documents(by=user, owner=draft)
        draft.delete()
