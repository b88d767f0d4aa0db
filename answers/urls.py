"""Addresses of deciding and releasing."""

from django.urls import path

from answers.views import decisions, releases

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/propose/", decisions.decisions_propose, name="decisions_propose"),
    path("decisions/approve/", decisions.decisions_approve, name="decisions_approve"),
    path("decisions/approve-all/", decisions.decisions_approve_all, name="decisions_approve_all"),
    path("decisions/<int:pk>/approve/", decisions.decision_approve, name="decision_approve"),
    path("decisions/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("releases/", releases.releases, name="releases"),
    path("releases/prepare/", releases.release_prepare, name="release_prepare"),
    path("releases/<int:pk>/", releases.release_show, name="release_show"),
    path("releases/<int:pk>/go/", releases.release_go, name="release_go"),
    path("releases/<int:pk>/cancel/", releases.release_cancel, name="release_cancel"),
]
