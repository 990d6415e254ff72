from django.urls import URLPattern, URLResolver, path

from core.documents.views import document_download

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:key>/", document_download, name="document_download"),
]
