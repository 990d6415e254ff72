from incubator.models.agreement import Agreement, AgreementText
from incubator.models.application import Application
from incubator.models.call import (
    BonusRule,
    Call,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
)
from incubator.models.review import Review, ReviewScore, StageResult
from incubator.models.rubric import Criterion, Rubric
from incubator.models.screening import BonusClaim, Correction
from incubator.models.stage import Stage
from incubator.models.team import TeamMember
from incubator.models.version import ApplicationVersion

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
