"""What is erased when an applicant leaves."""

from core.accounts.models import User
from core.documents.services import destroy_documents
from incubator.queries.leaving import applications_naming


def erase_drafts(user: User) -> None:
    """Applications that were never handed in, with their files."""
    for draft in user.applications.filter(submitted_at=None):
        destroy_documents(by=user, owner=draft)
        draft.delete()
    # others go on with theirs, without a business that they have left and that goes
    applications_naming(user).filter(submitted_at=None).update(business=None)
