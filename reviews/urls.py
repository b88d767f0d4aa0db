"""Addresses of judging."""

from django.urls import path

from reviews.views import board, decisions, file, reading, references, releases

urlpatterns = [
    path("queue/", reading.queue, name="queue"),
    path("queue/<int:pk>/", reading.review, name="review"),
    path("queue/<int:pk>/warm/", reading.review_warm, name="review_warm"),
    path("queue/<int:pk>/hand-in/", reading.review_hand_in, name="review_hand_in"),
    path("queue/<int:pk>/take-back/", reading.review_take_back, name="review_take_back"),
    path("queue/<int:pk>/conflict/", reading.review_conflict, name="review_conflict"),
    path(
        "queue/<int:pk>/documents/<int:document>/", reading.review_document, name="review_document"
    ),
    path("queue/<int:pk>/letters/<int:letter>/", references.review_letter, name="review_letter"),
    path("files/", board.board, name="board"),
    path("files/<str:number>/", file.file, name="file"),
    path("files/<str:number>/assign/", file.file_assign, name="file_assign"),
    path("files/<str:number>/propose/", file.file_propose, name="file_propose"),
    path("files/<str:number>/documents/<int:pk>/", file.file_document, name="file_document"),
    path("files/<str:number>/letters/<int:pk>/", references.file_letter, name="file_letter"),
    path("files/<str:number>/referees/<int:pk>/", references.file_referee, name="file_referee"),
    path(
        "files/<str:number>/referees/<int:pk>/remind/",
        references.file_referee_remind,
        name="file_referee_remind",
    ),
    path(
        "files/<str:number>/referees/<int:pk>/address/",
        references.file_referee_address,
        name="file_referee_address",
    ),
    path(
        "files/<str:number>/referees/<int:pk>/due/",
        references.file_referee_due,
        name="file_referee_due",
    ),
    path(
        "files/<str:number>/referees/<int:pk>/remove/",
        references.file_referee_remove,
        name="file_referee_remove",
    ),
    path("assignments/<int:pk>/take-back/", file.assignment_unassign, name="assignment_unassign"),
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
