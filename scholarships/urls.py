"""Addresses of scholarships."""

from django.urls import URLPattern, path

from scholarships.views import confiding as officer
from scholarships.views import figures, held, identifying

# Those of applicants.
applying: list[URLPattern] = []
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
