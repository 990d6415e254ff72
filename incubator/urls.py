from django.urls import URLPattern, URLResolver, path

from incubator.views import applicant, mentor

_application = "applications/<int:pk>"
_review = "reviews/<int:pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/<slug:slug>/apply/", applicant.call_apply, name="call_apply"),
    path(f"{_application}/", applicant.application_status, name="application_status"),
    path(f"{_application}/autosave/", applicant.application_autosave, name="application_autosave"),
    path(f"{_application}/submit/", applicant.application_submit, name="application_submit"),
    path(f"{_application}/submitted/", applicant.application_submitted, name="application_submitted"),
    path(f"{_application}/receipt.pdf", applicant.application_receipt, name="application_receipt"),
    path(f"{_application}/withdraw/", applicant.application_withdraw, name="application_withdraw"),
    path(f"{_application}/decline/", applicant.application_decline, name="application_decline"),
    path(f"{_application}/agreement/", applicant.agreement, name="agreement"),
    path(
        f"{_application}/team/<int:member_pk>/remove/",
        applicant.application_member_remove,
        name="application_member_remove",
    ),
    path(
        f"{_application}/documents/<uuid:key>/remove/",
        applicant.application_file_remove,
        name="application_file_remove",
    ),
    path(f"{_application}/<slug:step>/", applicant.application_edit, name="application_edit"),
    path("reviews/", mentor.mentor_reviews, name="mentor_reviews"),
    path(f"{_review}/", mentor.review_score, name="review_score"),
    path(f"{_review}/declare/", mentor.review_declare, name="review_declare"),
    path(f"{_review}/recuse/", mentor.review_recuse, name="review_recuse"),
    path(f"{_review}/autosave/", mentor.review_autosave, name="review_autosave"),
    path(f"{_review}/submit/", mentor.review_submit, name="review_submit"),
    path(f"{_review}/files/<int:number>/", mentor.review_file, name="review_file"),
]
