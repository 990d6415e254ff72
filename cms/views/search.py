from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.queries.search import search_pages

LONGEST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over the whole public site."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    found = search_pages(text, group=request.GET.get("in", ""), page=request.GET.get("page"))
    return render(request, "cms/public/search.html", {"q": text, "found": found})
