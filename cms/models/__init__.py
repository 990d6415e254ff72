from cms.models.base import BasePage
from cms.models.calls import CallAttachment, CallIndexPage, CallPage
from cms.models.centres import CentreIndexPage, CentrePage, CentreRoom
from cms.models.home import HomePage
from cms.models.loans import LoanGuidePage
from cms.models.news import NewsIndexPage, NewsPage, StandardPage
from cms.models.programmes import ProgrammeIndexPage, ProgrammePage
from cms.models.settings import ContactSettings
from cms.models.stories import StoryFigure, StoryIndexPage, SuccessStoryPage

__all__ = [
    "BasePage",
    "CallAttachment",
    "CallIndexPage",
    "CallPage",
    "CentreIndexPage",
    "CentrePage",
    "CentreRoom",
    "ContactSettings",
    "HomePage",
    "LoanGuidePage",
    "NewsIndexPage",
    "NewsPage",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "StandardPage",
    "StoryFigure",
    "StoryIndexPage",
    "SuccessStoryPage",
]
