from django.urls import URLPattern, URLResolver, path

from impact.views import public

urlpatterns: list[URLPattern | URLResolver] = [path("", public.jobs_plan, name="jobs_plan")]
