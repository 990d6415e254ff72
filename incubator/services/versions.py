"""Freezing what was handed in."""

from datetime import datetime
from typing import Any

from core.documents.queries import documents_of
from incubator.models import Application, ApplicationVersion

TEXT_FIELDS = ("title", "summary", "sector", "applicant_type", "problem", "solution", "scale_up", "team_text")


def freeze_version(*, application: Application, at: datetime) -> ApplicationVersion:
    """Keep what was submitted, as evaluators will read it."""
    last = application.versions.order_by("-number").first()
    return ApplicationVersion.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        submitted_at=at,
        content=_content(application),
    )


def _content(application: Application) -> dict[str, Any]:
    labels = {document.kind: document.name for document in application.call.required_documents.all()}
    labels |= {rule.kind: rule.name for rule in application.call.bonus_rules.all()}
    return {
        **{name: getattr(application, name) for name in TEXT_FIELDS},
        "team": [
            {"name": member.name, "role": member.role, "career": member.career}
            for member in application.team.all()
        ],
        "documents": [
            {
                "key": str(document.key),
                "kind": document.kind,
                "label": labels.get(document.kind, document.kind),
                "name": document.original_name,
                "size": document.size,
                "content_type": document.content_type,
                "sha256": document.sha256,
            }
            for document in documents_of(application)
        ],
        "bonus": [claim.rule.name for claim in application.bonus_claims.select_related("rule")],
    }
