"""The addresses of signing up and logging in: allauth's, with ours in front of those they replace."""

from allauth.urls import build_provider_urlpatterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.accounts.views import entrance

urlpatterns: list[URLPattern | URLResolver] = [
    path("signup/", entrance.SignupView.as_view(), name="account_signup"),
    path("3rdparty/signup/", entrance.SocialSignupView.as_view(), name="socialaccount_signup"),
    path("", include("allauth.urls")),
]
decorate_urlpatterns(build_provider_urlpatterns(), entrance.login_elsewhere)  # the same that allauth includes
