"""Addresses of scholarships."""

from django.urls import URLPattern, path

from scholarships.views import awarding as office
from scholarships.views import awards, money

# Those of applicants.
applying: list[URLPattern] = []
# Those of self-identification and of the privacy service.
confiding: list[URLPattern] = []
# Those of the panel, and of who shows its results.
judging: list[URLPattern] = []
# Those of awards and their money.
awarding: list[URLPattern] = [
    path("scholarships/awards/<str:number>/", awards.award, name="award"),
    path("scholarships/awards/<str:number>/accept/", awards.award_accept, name="award_accept"),
    path("scholarships/awards/<str:number>/decline/", awards.award_decline, name="award_decline"),
    path(
        "scholarships/awards/<str:number>/letter/<slug:language>/",
        awards.award_letter_file,
        name="award_letter_file",
    ),
    path("scholarships/awards/<str:number>/reopen/", office.award_reopen, name="award_reopen"),
    path(
        "scholarships/awards/<str:number>/take-back/",
        office.award_take_back,
        name="award_take_back",
    ),
    path("scholarships/ledger/", money.scholarship_ledger, name="scholarship_ledger"),
    path("scholarships/rounds/<int:pk>/awards/", office.round_awards, name="round_awards"),
    path("scholarships/rounds/<int:pk>/budget/", money.round_budget, name="round_budget"),
    path("scholarships/rounds/<int:pk>/payments/paid/", money.payments_mark, name="payments_mark"),
    path("scholarships/rounds/<int:pk>/payments/undo/", money.payments_undo, name="payments_undo"),
    path("scholarships/rounds/<int:pk>/payments/file/", money.payments_file, name="payments_file"),
    path("scholarships/results/<int:pk>/call/", office.award_call, name="award_call"),
]

urlpatterns = [*applying, *confiding, *judging, *awarding]
