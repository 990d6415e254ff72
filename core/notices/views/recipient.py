from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.requests import signed_in
from core.notices.queries import notices_for

PAGE = 20


@require_safe
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """Everything that was sent to the person, also when the mail got lost."""
    page = Paginator(notices_for(signed_in(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/notice_list.html", {"page_obj": page})
