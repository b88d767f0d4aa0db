"""Addresses of scholarships."""

from django.urls import URLPattern, path

from scholarships.views import announcing, own_results, panel, panel_conflicts, results

# Those of applicants.
applying: list[URLPattern] = []
# Those of self-identification and of the privacy service.
confiding: list[URLPattern] = []
# Those of the panel, and of who shows its results.
_ROUND = "scholarships/rounds/<int:pk>/"
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
    path("scholarships/rounds/", results.scholarship_rounds, name="scholarship_rounds"),
    path(_ROUND, results.scholarship_ranking, name="scholarship_ranking"),
    path(f"{_ROUND}propose/", results.result_propose_all, name="result_propose_all"),
    path(f"{_ROUND}propose/<str:number>/", results.result_propose, name="result_propose"),
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
awarding: list[URLPattern] = []

urlpatterns = [*applying, *confiding, *judging, *awarding]
