from django.urls import path

from loans.views import apply, borrower, public

urlpatterns = [
    path("calculator/", public.loan_calculator, name="loan_calculator"),
    path("rounds/<int:pk>/apply/", apply.loan_apply, name="loan_apply"),
    path("applications/<int:pk>/", apply.loan_application_status, name="loan_application_status"),
    path("applications/<int:pk>/edit/", apply.loan_application_edit, name="loan_application_edit"),
    path(
        "applications/<int:pk>/autosave/", apply.loan_application_autosave, name="loan_application_autosave"
    ),
    path("applications/<int:pk>/documents/", apply.loan_document_add, name="loan_document_add"),
    path(
        "applications/<int:pk>/documents/<uuid:key>/remove/",
        apply.loan_document_remove,
        name="loan_document_remove",
    ),
    path("applications/<int:pk>/submit/", apply.loan_application_submit, name="loan_application_submit"),
    path(
        "applications/<int:pk>/submitted/",
        apply.loan_application_submitted,
        name="loan_application_submitted",
    ),
    path(
        "applications/<int:pk>/withdraw/", apply.loan_application_withdraw, name="loan_application_withdraw"
    ),
    path("", borrower.my_loans, name="my_loans"),
    path("<int:pk>/", borrower.loan_detail, name="loan_detail"),
    path("<int:pk>/pay/", borrower.loan_pay, name="loan_pay"),
    path("<int:pk>/certificate/", borrower.loan_certificate, name="loan_certificate"),
    path("<int:pk>/schedule.csv", borrower.loan_schedule_csv, name="loan_schedule_csv"),
]
