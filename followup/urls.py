"""Addresses of what comes after the answer, and of the applicant's home."""

from django.urls import path

from followup.views import (
    as_applicant,
    calendar,
    calls,
    changes,
    home,
    identity,
    offers,
    pack,
    preparation,
    preview,
    proofs,
    udem,
    udem_office,
)

urlpatterns = [
    path("dates.ics", calendar.cycle_calendar, name="cycle_calendar"),
    path("applications/mine/", home.my_application, name="my_application"),
    path("applications/<str:number>/", home.past_application, name="past_application"),
    path(
        "applications/<str:number>/calendar.ics",
        calendar.application_calendar,
        name="application_calendar",
    ),
    path(
        "udem/<str:number>/prepare/",
        preparation.preparation,
        name="preparation",
    ),
    path(
        "udem/<str:number>/prepare/<int:pk>/",
        preparation.preparation_tick,
        name="preparation_tick",
    ),
    path("udem/<str:number>/pack.zip", pack.preparation_pack, name="preparation_pack"),
    path(
        "releases/<int:pk>/read/<slug:outcome>/",
        preview.release_reads,
        name="release_reads",
    ),
    path("offers/<str:number>/accept/", offers.offer_accept, name="offer_accept"),
    path("offers/<str:number>/decline/", offers.offer_decline, name="offer_decline"),
    path("udem/<str:number>/", udem.udem_file, name="udem_file"),
    path("udem/<str:number>/report/", udem.udem_report, name="udem_report"),
    path("udem/<str:number>/correct/", udem.udem_correct, name="udem_correct"),
    path("udem/<str:number>/documents/", udem.udem_documents, name="udem_documents"),
    path(
        "udem/<str:number>/documents/sent/",
        udem.udem_documents_sent,
        name="udem_documents_sent",
    ),
    path("udem/<str:number>/answer/", udem.udem_answer, name="udem_answer"),
    path("udem/<str:number>/condition/", udem.udem_condition_met, name="udem_condition_met"),
    path("udem/<str:number>/accepted/", udem.udem_accepted, name="udem_accepted"),
    path("udem/<str:number>/take-back/", udem.udem_take_back, name="udem_take_back"),
    path("udem/<str:number>/identity/", identity.udem_identity, name="udem_identity"),
    path(
        "udem/<str:number>/identity/erase/",
        identity.udem_identity_erase,
        name="udem_identity_erase",
    ),
    path("udem/<str:number>/proofs/<slug:slot>/", proofs.udem_proof, name="udem_proof"),
    path(
        "udem/<str:number>/proofs/<slug:slot>/remove/",
        proofs.udem_proof_remove,
        name="udem_proof_remove",
    ),
    path("follow-up/<str:number>/udem/", udem_office.udem_office, name="udem_office"),
    path("follow-up/<str:number>/udem/confirm/", udem_office.udem_confirm, name="udem_confirm"),
    path("follow-up/<str:number>/udem/record/", udem_office.udem_record, name="udem_record"),
    path("desk/<str:number>/as-applicant/", as_applicant.as_applicant, name="as_applicant"),
    path("offers/<str:number>/reopen/", changes.offer_reopen, name="offer_reopen"),
    path("offers/<str:number>/extend/", changes.offer_extend, name="offer_extend"),
    path("offers/<str:number>/take-back/", changes.offer_take_back, name="offer_take_back"),
    path("follow-up/calls/", calls.calls, name="calls"),
    path("follow-up/calls/<int:pk>/", calls.call_make, name="call_make"),
]
