"""Addresses of scholarships."""

from django.urls import URLPattern, path

from accounts.door import never_kept
from scholarships.views import (
    announcing,
    awards,
    figures,
    held,
    identifying,
    money,
    officer,
    own_results,
    panel,
    panel_conflicts,
    results,
)
from scholarships.views import applying as mine
from scholarships.views import awarding as office
from scholarships.views import confiding as sealed

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
        "confidential/<str:number>/off-shortlist/",
        officer.edi_shortlist_undo,
        name="edi_shortlist_undo",
    ),
    path("confidential/<str:number>/open/<slug:what>/", officer.edi_open, name="edi_open"),
    path("edi/figures/", figures.edi_aggregates, name="edi_aggregates"),
    path("edi/figures/<slug:code>/csv/", figures.edi_aggregates_csv, name="edi_aggregates_csv"),
    path("edi/figures/<slug:code>/give/", figures.edi_aggregates_give, name="edi_aggregates_give"),
]
# Those of the panel, and of who shows its results.
_ROUND = "scholarships/judging/<int:pk>/"
_DAY = "scholarships/announcements/<str:code>/"
judging: list[URLPattern] = [
    path("scholarships/panel/", panel.panel, name="panel"),
    path("scholarships/panel/rounds/<int:pk>/", panel.panel_round, name="panel_round"),
    path("scholarships/panel/<str:number>/", panel.panel_reading, name="panel_reading"),
    path("scholarships/panel/<str:number>/hand-in/", panel.panel_hand_in, name="panel_hand_in"),
    path(
        "scholarships/panel/<str:number>/take-back/", panel.panel_take_back, name="panel_take_back"
    ),
    path(
        "scholarships/panel/<str:number>/documents/<int:document>/",
        panel.panel_document,
        name="panel_document",
    ),
    path(
        "scholarships/panel/<str:number>/conflict/",
        panel_conflicts.panel_conflict,
        name="panel_conflict",
    ),
    path(
        "scholarships/panel/<str:number>/conflict/undo/",
        panel_conflicts.panel_conflict_undo,
        name="panel_conflict_undo",
    ),
    path("scholarships/judging/", results.scholarship_rounds, name="scholarship_rounds"),
    path(_ROUND, results.scholarship_ranking, name="scholarship_ranking"),
    path(f"{_ROUND}propose/", results.result_propose_all, name="result_propose_all"),
    path(f"{_ROUND}results/<str:number>/propose/", results.result_propose, name="result_propose"),
    path(f"{_ROUND}withdraw/", results.result_withdraw, name="result_withdraw"),
    path(f"{_ROUND}approve/", results.result_approve, name="result_approve"),
    path(f"{_ROUND}send-back/", results.result_send_back, name="result_send_back"),
    path(_DAY, announcing.announcement, name="announcement"),
    path(f"{_DAY}prepare/", announcing.announcement_prepare, name="announcement_prepare"),
    path(f"{_DAY}approve/", announcing.announcement_approve, name="announcement_approve"),
    path(f"{_DAY}show/", announcing.announcement_show, name="announcement_show"),
    path(f"{_DAY}hold/", announcing.announcement_hold, name="announcement_hold"),
    path(f"{_DAY}cancel/", announcing.announcement_cancel, name="announcement_cancel"),
    path("scholarships/result/", own_results.scholarship_result, name="scholarship_result"),
]
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
    path("scholarships/judging/<int:pk>/awards/", office.round_awards, name="round_awards"),
    path("scholarships/judging/<int:pk>/budget/", money.round_budget, name="round_budget"),
    path("scholarships/judging/<int:pk>/payments/paid/", money.payments_mark, name="payments_mark"),
    path("scholarships/judging/<int:pk>/payments/undo/", money.payments_undo, name="payments_undo"),
    path("scholarships/judging/<int:pk>/payments/file/", money.payments_file, name="payments_file"),
    path("scholarships/results/<int:pk>/call/", office.award_call, name="award_call"),
]

urlpatterns = [*applying, *confiding, *judging, *awarding]

# Whose session ended is told so: of what is typed here, the statement alone waits for the next one.
for one in [*applying, *confiding]:
    if one.name != "scholarship_statement":
        never_kept(one.callback)
