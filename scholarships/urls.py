"""Addresses of scholarships."""

from django.urls import URLPattern, path

from scholarships.views import applying as mine
from scholarships.views import confiding as sealed
from scholarships.views import figures, held, identifying, officer

OWN = "scholarships/mine/<str:number>"

# Those of applicants. What is confided has one address in every category, so that no address tells which it is.
applying: list[URLPattern] = [
    path("scholarships/", mine.scholarships, name="scholarships"),
    path("scholarships/rounds/<int:pk>/", mine.scholarship, name="scholarship"),
    path("scholarships/rounds/<int:pk>/begin/", mine.scholarship_begin, name="scholarship_begin"),
    path(f"{OWN}/", mine.scholarship_statement, name="scholarship_statement"),
    path(f"{OWN}/send/", mine.scholarship_send, name="scholarship_send"),
    path(f"{OWN}/withdraw/", mine.scholarship_withdraw, name="scholarship_withdraw"),
    path(f"{OWN}/restore/", mine.scholarship_restore, name="scholarship_restore"),
    path(
        f"{OWN}/consents/<slug:code>/withdraw/",
        mine.scholarship_consent_withdraw,
        name="scholarship_consent_withdraw",
    ),
    path(f"{OWN}/in-confidence/", sealed.scholarship_confidential, name="scholarship_confidential"),
    path(
        f"{OWN}/in-confidence/erase/",
        sealed.scholarship_confidential_erase,
        name="scholarship_confidential_erase",
    ),
    path(f"{OWN}/proof/", sealed.scholarship_proof, name="scholarship_proof"),
    path(f"{OWN}/proof/file/", sealed.scholarship_proof_file, name="scholarship_proof_file"),
    path(f"{OWN}/proof/erase/", sealed.scholarship_proof_erase, name="scholarship_proof_erase"),
]
# Those of self-identification and of the privacy service.
confiding: list[URLPattern] = [
    path(
        "self-identification/<str:number>/",
        identifying.self_identification,
        name="self_identification",
    ),
    path(
        "self-identification/<str:number>/erase/",
        identifying.self_identification_erase,
        name="self_identification_erase",
    ),
    path("account/confidential/", held.confidential_mine, name="confidential_mine"),
    path("account/confidential/erase/", held.confidential_erase, name="confidential_erase"),
    path("confidential/", officer.edi_requests, name="edi_requests"),
    path("confidential/<str:number>/need/", officer.edi_need, name="edi_need"),
    path("confidential/<str:number>/shortlist/", officer.edi_shortlist, name="edi_shortlist"),
    path(
        "confidential/<str:number>/shortlist/undo/",
        officer.edi_shortlist_undo,
        name="edi_shortlist_undo",
    ),
    path("confidential/<str:number>/open/<slug:what>/", officer.edi_open, name="edi_open"),
    path("edi/figures/", figures.edi_aggregates, name="edi_aggregates"),
    path("edi/figures/<slug:code>/csv/", figures.edi_aggregates_csv, name="edi_aggregates_csv"),
    path("edi/figures/<slug:code>/give/", figures.edi_aggregates_give, name="edi_aggregates_give"),
]
# Those of the panel, and of who shows its results.
judging: list[URLPattern] = []
# Those of awards and their money.
awarding: list[URLPattern] = []

urlpatterns = [*applying, *confiding, *judging, *awarding]
