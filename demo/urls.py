from django.urls import URLPattern, URLResolver, path

from demo import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", views.demo_login, name="demo_login"),
    path("mails/", views.demo_mails, name="demo_mails"),
    path("mails/<str:name>/", views.demo_mail, name="demo_mail"),
    path("clock/", views.demo_clock, name="demo_clock"),
]
