"""The evaluators' pages: the list, the declaration, the scoring."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm as rule_allows

from core import clock
from core.accounts.models import User
from core.accounts.requests import posted, signed_in
from core.documents.models import Document
from core.drafts.forms import refusing_in_json
from core.errors import NotAllowed
from core.presentation.moments import short_moment
from core.privacy.requests import address_of
from core.privacy.services import record_access, record_reading
from core.whole_number import posted_number, whole_number
from core.workflow.repeats import second_click
from incubator.forms.mentor import DeclareForm, RecuseForm, ScoresForm
from incubator.models import Review
from incubator.queries.reviews import (
    ScoreLine,
    assigned_reviews,
    blind_plan,
    blind_title,
    done_reviews_for,
    is_being_scored,
    open_reviews_for,
    review_counts,
    reviews_for,
    running_total,
    score_lines,
)
from incubator.services.reviews import declare_no_conflict, recuse, save_scores, submit_review

PAGE = 20


def _mentor(request: HttpRequest) -> User:
    user = signed_in(request)
    if not rule_allows("incubator.list_reviews", user):
        raise NotAllowed
    return user


def _own_review(request: HttpRequest, pk: int) -> Review:
    """A review that was assigned to the user; every other does not exist for them."""
    review: Review = get_object_or_404(reviews_for(signed_in(request)), pk=pk)
    if not rule_allows("incubator.score_review", signed_in(request), review):
        raise NotAllowed
    return review


@require_safe
@login_required
def mentor_reviews(request: HttpRequest) -> HttpResponse:
    """What is open, and what is done."""
    user = _mentor(request)
    show_done = request.GET.get("show") == "done"
    reviews = done_reviews_for(user) if show_done else open_reviews_for(user)
    page = Paginator(reviews, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(review, blind_title(review)) for review in page],
        "show_done": show_done,
        "counts": review_counts(user),
    }
    return render(request, "incubator/mentor/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review_declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Before anything can be read: no conflict of interest."""
    review = _own_review(request, pk)
    form = DeclareForm(posted(request))
    if request.method == "POST" and form.is_valid():
        user, version = signed_in(request), posted_number(request, "version")
        with second_click(review, "declare_no_conflict", by=user, expected_version=version):
            declare_no_conflict(by=user, review=review, expected_version=version)
        return redirect("review_score", pk)
    if request.method != "POST" and (
        review.state == Review.State.SUBMITTED
        or (review.state == Review.State.DECLARED and "recuse" not in request.GET)
    ):
        return redirect("review_score", pk)
    typed = RecuseForm(initial={"reason": request.POST.get("reason", "")})
    return _declaration(request, review, form, typed, failed=form.is_bound)


@require_POST
@login_required
def review_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back with a reason."""
    user, version = signed_in(request), posted_number(request, "version")
    review: Review = get_object_or_404(assigned_reviews(user), pk=pk)
    form = RecuseForm(request.POST)
    if not form.is_valid():
        ticked = DeclareForm(initial={"no_conflict": "no_conflict" in request.POST})
        return _declaration(request, _own_review(request, pk), ticked, form, failed=True)
    with second_click(review, "recuse", by=user, expected_version=version):
        recuse(by=user, review=review, reason=form.cleaned_data["reason"], expected_version=version)
    messages.success(request, _("Thank you for telling us. Somebody else will evaluate this application."))
    return redirect("mentor_reviews")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen plan beside the rubric. A POST saves, for those without scripts."""
    review = _own_review(request, pk)
    if review.state == Review.State.ASSIGNED:
        return redirect("review_declare", pk)
    lines = score_lines(review)
    form = ScoresForm(posted(request), lines=lines, initial={"comment": review.comment})
    if request.method == "POST" and form.is_valid():
        save_scores(by=signed_in(request), review=review, scores=form.scores(), comment=form.overall())
        messages.success(request, _("Saved. The review is not confirmed yet."))
        return redirect("review_score", pk)
    return _scoring(request, review, lines, form)


@require_POST
@login_required
@refusing_in_json
def review_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what changed; answers with the running total."""
    review = _own_review(request, pk)
    form = ScoresForm(request.POST, lines=score_lines(review))
    names = set(request.POST.getlist("changed"))
    if not form.is_valid():
        wrong = " ".join(str(message) for errors in form.errors.values() for message in errors)
        return JsonResponse({"message": wrong}, status=422)
    saved = save_scores(
        by=signed_in(request), review=review, scores=form.scores(names), comment=form.overall(names)
    )
    answer = {
        "saved_at": f"{timezone.localtime(saved.saved_at):%H:%M:%S}",
        "total": _short(saved.total),
        "missing": saved.missing,
    }
    return JsonResponse(answer)


@require_POST
@login_required
def review_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands on the page and confirm it. A second click leads to the same confirmation."""
    user = signed_in(request)
    review = _own_review(request, pk)
    if review.state == Review.State.ASSIGNED:
        return redirect("review_declare", pk)
    lines = score_lines(review)
    form = ScoresForm(request.POST, lines=lines)
    if not form.is_valid():
        return _scoring(request, review, lines, form)
    version = posted_number(request, "version")
    try:
        with second_click(review, "submit", by=user, expected_version=version):
            if review.state == Review.State.DECLARED:
                save_scores(
                    by=user,
                    review=review,
                    scores=form.scores(),
                    comment=form.overall(),
                    expected_version=version,
                )
            submit_review(by=user, review=review, expected_version=version)
    except ValidationError as refused:
        return _scoring(request, review, score_lines(review), form, flaws=refused.messages)
    messages.success(request, _("The review is confirmed. Thank you!"))
    return redirect("mentor_reviews")


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def review_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """An attachment of the frozen version, under a name that tells nothing."""
    review = _own_review(request, pk)
    if review.state == Review.State.ASSIGNED:
        raise NotAllowed(_("First declare that you have no conflict of interest."))
    chosen = next((file for file in blind_plan(review).files if file.number == number), None)
    document = Document.objects.filter(key=chosen.key).first() if chosen else None
    if chosen is None or document is None:
        raise Http404
    try:
        content = document.open()
    except FileNotFoundError as lost:
        raise Http404 from lost
    record_access(
        by=signed_in(request),
        action="download",
        owner=review.application.applicant,
        obj=document,
        reason=_("blind review"),
        ip=address_of(request),
    )
    response = FileResponse(
        content, as_attachment=True, filename=chosen.download_name, content_type=document.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _declaration(
    request: HttpRequest, review: Review, form: DeclareForm, recuse_form: RecuseForm, *, failed: bool
) -> HttpResponse:
    context = {
        "review": review,
        "title": blind_title(review),
        "form": form,
        "recuse_form": recuse_form,
    }
    return render(request, "incubator/mentor/declare.html", context, status=422 if failed else 200)


def _scoring(
    request: HttpRequest,
    review: Review,
    lines: list[ScoreLine],
    form: ScoresForm,
    flaws: list[str] | None = None,
) -> HttpResponse:
    failed = bool(flaws or form.errors)
    record_reading(
        by=signed_in(request), obj=review.application, reason=_("blind review"), ip=address_of(request)
    )
    context: dict[str, Any] = {
        "review": review,
        "plan": blind_plan(review),
        "rows": [_row(line, form) for line in lines],
        "form": form,
        "flaws": flaws,
        "total": _short(running_total(lines) if review.total is None else review.total),
        "saved_at": _saved_at(review),
        "locked": review.state != Review.State.DECLARED or not is_being_scored(review),
        "counts": review_counts(signed_in(request)),
    }
    return render(request, "incubator/mentor/score.html", context, status=422 if failed else 200)


def _row(line: ScoreLine, form: ScoresForm) -> dict[str, Any]:
    """A criterion as it is drawn: with what was typed, else with what is saved."""
    pk = line.criterion.pk
    typed = str(form[f"score-{pk}"].value() or "")
    chosen = whole_number(typed) or 0
    return {
        "line": line,
        "chosen": chosen,
        "meaning": line.criterion.descriptor(chosen),
        "weight": f"{line.criterion.weight.normalize():f}",
        "comment": form[f"comment-{pk}"],
    }


def _saved_at(review: Review) -> str:
    """The time, with the day when it was not today."""
    if review.updated_at is None:
        return ""
    saved = timezone.localtime(review.updated_at)
    return f"{saved:%H:%M:%S}" if saved.date() == clock.today() else short_moment(saved)


def _short(total: Decimal) -> str:
    """``50.00`` → ``50.0``, ``33.33`` stays."""
    text = f"{total:.2f}"
    return text.removesuffix("0")
