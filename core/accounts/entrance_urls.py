"""The addresses of signing up and logging in: allauth's, with ours in front of those they replace."""

from django.urls import URLPattern, URLResolver, include, path

from core.accounts.views import entrance

urlpatterns: list[URLPattern | URLResolver] = [
    path("signup/", entrance.SignupView.as_view(), name="account_signup"),
    path("3rdparty/signup/", entrance.SocialSignupView.as_view(), name="socialaccount_signup"),
    path("", include("allauth.urls")),
]
