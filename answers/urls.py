"""Addresses of deciding and releasing."""

from django.urls import path

from answers.views import (
    corrections,
    deciding,
    decisions,
    gate,
    release_acts,
    releases,
    waitlist,
    what_if,
)

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/propose/", decisions.decisions_propose, name="decisions_propose"),
    path(
        "decisions/propose-many/", decisions.decisions_propose_many, name="decisions_propose_many"
    ),
    path("decisions/withdraw/", decisions.decisions_withdraw, name="decisions_withdraw"),
    path("decisions/acts/", deciding.acts, name="acts"),
    path("decisions/acts/<int:pk>/undo/", deciding.act_undo, name="act_undo"),
    path("decisions/waitlist/", waitlist.waitlist, name="waitlist"),
    path("decisions/waitlist/renumber/", waitlist.waitlist_renumber, name="waitlist_renumber"),
    path("decisions/<int:pk>/place/", waitlist.waitlist_place, name="waitlist_place"),
    path("decisions/gate/", gate.gate, name="gate"),
    path("decisions/gate/keep/", gate.gate_keep, name="gate_keep"),
    path("decisions/what-if/", what_if.what_if, name="what_if"),
    path("files/<str:number>/decision/", deciding.decision_show, name="decision_show"),
    path("files/<str:number>/decision/note/", deciding.decision_note, name="decision_note"),
    path(
        "files/<str:number>/decision/send-back/",
        deciding.decision_send_back,
        name="decision_send_back",
    ),
    path("files/<str:number>/propose/", deciding.file_propose, name="file_propose"),
    path("decisions/approve/", decisions.decisions_approve, name="decisions_approve"),
    path("decisions/approve-all/", decisions.decisions_approve_all, name="decisions_approve_all"),
    path("decisions/<int:pk>/approve/", decisions.decision_approve, name="decision_approve"),
    path("decisions/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("decisions/<int:pk>/correct/", corrections.decision_correct, name="decision_correct"),
    path("decisions/<int:pk>/called/", corrections.decision_called, name="decision_called"),
    path("releases/", releases.releases, name="releases"),
    path("releases/prepare/", releases.release_prepare, name="release_prepare"),
    path("releases/<int:pk>/", releases.release_show, name="release_show"),
    path("releases/<int:pk>/progress/", releases.release_progress, name="release_progress"),
    path("releases/<int:pk>/letters/", releases.release_letters, name="release_letters"),
    path("releases/<int:pk>/unread/", releases.release_unread, name="release_unread"),
    path("releases/<int:pk>/approve/", release_acts.release_approve, name="release_approve"),
    path("releases/<int:pk>/resume/", release_acts.release_resume, name="release_resume"),
    path("releases/<int:pk>/go/", release_acts.release_go, name="release_go"),
    path("releases/<int:pk>/hold/", release_acts.release_hold, name="release_hold"),
    path("releases/<int:pk>/cancel/", release_acts.release_cancel, name="release_cancel"),
    path("releases/<int:pk>/free/", release_acts.release_free, name="release_free"),
]
