from django.urls import URLPattern, URLResolver, path

from core.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.me, name="me"),
    path("start/", views.home_for_user, name="home_for_user"),
    path("profile/", views.profile, name="profile"),
    path("profile/news/", views.news_choice, name="news_choice"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("businesses/", views.business_list, name="business_list"),
    path("businesses/new/", views.business_create, name="business_create"),
    path("businesses/<int:pk>/", views.business_edit, name="business_edit"),
    path("businesses/<int:pk>/people/", views.business_people, name="business_people"),
    path("businesses/<int:pk>/invitations/", views.business_invite, name="business_invite"),
    path(
        "businesses/<int:pk>/invitations/<int:invitation_pk>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("invitations/<int:pk>/", views.invitation, name="invitation"),
    path("invitations/<int:pk>/accept/", views.invitation_accept, name="invitation_accept"),
    path("invitations/<int:pk>/refuse/", views.invitation_refuse, name="invitation_refuse"),
    path(
        "businesses/<int:pk>/members/<int:membership_pk>/remove/",
        views.business_member_remove,
        name="business_member_remove",
    ),
]
