"""The menu “모집·평가” and what stands in it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from incubator.office.applications import ApplicationViewSet
from incubator.office.calls import CallViewSet
from incubator.office.parts import (
    AgreementTextViewSet,
    BonusRuleViewSet,
    CriterionViewSet,
    EligibilityQuestionViewSet,
    ProgrammeViewSet,
    RequiredDocumentViewSet,
    RubricViewSet,
)
from incubator.office.stages import StageViewSet


class IncubatorGroup(ViewSetGroup):
    menu_label = _("Calls and evaluation")
    menu_icon = "group"
    menu_order = 200
    items = (
        CallViewSet,
        ApplicationViewSet,
        StageViewSet,
        ProgrammeViewSet,
        RubricViewSet,
        CriterionViewSet,
        RequiredDocumentViewSet,
        EligibilityQuestionViewSet,
        BonusRuleViewSet,
        AgreementTextViewSet,
    )
