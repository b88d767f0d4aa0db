"""Addresses of deciding and releasing."""

from django.urls import path

from answers.views import corrections, decisions, release_acts, releases

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/propose/", decisions.decisions_propose, name="decisions_propose"),
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
