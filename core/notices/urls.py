from django.urls import URLPattern, URLResolver, path

from core.notices.views import notice_list

urlpatterns: list[URLPattern | URLResolver] = [path("", notice_list, name="notice_list")]
