"""Addresses of the intake."""

from django.urls import path

from applications.views import (
    accommodation,
    documents,
    draft,
    erasure,
    late_pass,
    preview,
    public,
    receipt,
    referees,
    reference,
    submission,
    uploads,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("contact/", public.contact, name="contact"),
    path("preview/<slug:code>/<slug:step>/", preview.cycle_preview, name="cycle_preview"),
    path("applications/start/", draft.application_start, name="application_start"),
    path(
        "applications/receipt/<str:receipt>/",
        receipt.application_receipt,
        name="application_receipt",
    ),
    path("applications/receipt/<str:receipt>/pdf/", receipt.receipt_pdf, name="receipt_pdf"),
    path(
        "applications/receipt/<str:receipt>/content/",
        receipt.receipt_content,
        name="receipt_content",
    ),
    path(
        "applications/<str:number>/check/",
        draft.application_review,
        name="application_review",
    ),
    path(
        "applications/<str:number>/submit/",
        submission.application_submit,
        name="application_submit",
    ),
    path(
        "applications/<str:number>/reopen/",
        submission.application_reopen,
        name="application_reopen",
    ),
    path(
        "applications/<str:number>/withdraw/",
        submission.application_withdraw,
        name="application_withdraw",
    ),
    path(
        "applications/<str:number>/restore/",
        submission.application_restore,
        name="application_restore",
    ),
    path(
        "applications/<str:number>/documents/<slug:slot>/upload/",
        documents.document_upload,
        name="document_upload",
    ),
    path(
        "applications/<str:number>/documents/<slug:slot>/begin/",
        uploads.document_begin,
        name="document_begin",
    ),
    path(
        "applications/<str:number>/documents/<slug:slot>/finish/<uuid:upload>/",
        uploads.document_finish,
        name="document_finish",
    ),
    path(
        "applications/<str:number>/documents/<slug:slot>/row/",
        uploads.document_row,
        name="document_row",
    ),
    path(
        "applications/<str:number>/documents/<int:pk>/restore/",
        documents.document_restore,
        name="document_restore",
    ),
    path(
        "applications/<str:number>/documents/<int:pk>/remove/",
        documents.document_remove,
        name="document_remove",
    ),
    path(
        "applications/<str:number>/erase/",
        erasure.application_erase,
        name="application_erase",
    ),
    path(
        "applications/<str:number>/accommodation/",
        accommodation.application_accommodation,
        name="application_accommodation",
    ),
    path(
        "applications/<str:number>/referees/",
        referees.application_referees,
        name="application_referees",
    ),
    path(
        "applications/<str:number>/referees/check/",
        referees.referee_check,
        name="referee_check",
    ),
    path(
        "applications/<str:number>/referees/correct/",
        referees.referee_edit,
        name="referee_edit",
    ),
    path(
        "applications/<str:number>/referees/invite/",
        referees.referee_invite,
        name="referee_invite",
    ),
    path(
        "applications/<str:number>/referees/<int:pk>/remind/",
        referees.referee_remind,
        name="referee_remind",
    ),
    path(
        "applications/<str:number>/referees/<int:pk>/address/",
        referees.referee_address,
        name="referee_address",
    ),
    path(
        "applications/<str:number>/referees/<int:pk>/remove/",
        referees.referee_remove,
        name="referee_remove",
    ),
    path("reference/<str:token>/", reference.reference, name="reference"),
    path("reference/<str:token>/send/", reference.reference_send, name="reference_send"),
    path("reference/<str:token>/decline/", reference.reference_decline, name="reference_decline"),
    path(
        "applications/<str:number>/<slug:step>/undo/",
        draft.line_restore,
        name="line_restore",
    ),
    path(
        "applications/<str:number>/<slug:step>/",
        draft.application_step,
        name="application_step",
    ),
    path("late-passes/", late_pass.late_passes, name="late_passes"),
    path("late-passes/give/", late_pass.late_pass_give, name="late_pass_give"),
    path(
        "late-passes/<str:number>/take-back/",
        late_pass.late_pass_take_back,
        name="late_pass_take_back",
    ),
    path("documents/<int:pk>/preview/", documents.document_preview, name="document_preview"),
    path("documents/<int:pk>/", documents.document_download, name="document_download"),
]
