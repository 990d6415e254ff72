from incubator.models.agreement import Agreement, AgreementText
from incubator.models.application import (
    Application,
    ApplicationVersion,
    BonusClaim,
    Correction,
    TeamMember,
)
from incubator.models.call import (
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Rubric,
    Stage,
)
from incubator.models.review import Review, ReviewScore, StageResult

__all__ = [
    "Agreement",
    "AgreementText",
    "Application",
    "ApplicationVersion",
    "BonusClaim",
    "BonusRule",
    "Call",
    "Correction",
    "Criterion",
    "EligibilityQuestion",
    "Programme",
    "RequiredDocument",
    "Review",
    "ReviewScore",
    "Rubric",
    "Stage",
    "StageResult",
    "TeamMember",
]
