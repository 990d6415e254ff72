"""What is erased when a borrower leaves."""

from core.accounts.models import User
from core.documents.services import destroy_documents
from loans.queries.leaving import drafts


def erase_drafts(user: User) -> None:
    """Applications that were never handed in, with their files."""
    for draft in drafts(user):
        destroy_documents(by=user, owner=draft)
        draft.delete()
