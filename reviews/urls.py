"""Addresses of judging."""

from django.urls import path

from reviews.views import (
    board,
    bound,
    compare,
    conflicts,
    declaring,
    file,
    reading,
    references,
    scales,
    ties,
)

urlpatterns = [
    path("queue/", reading.queue, name="queue"),
    path("queue/<int:pk>/", reading.review, name="review"),
    path("queue/<int:pk>/warm/", reading.review_warm, name="review_warm"),
    path("queue/<int:pk>/hand-in/", reading.review_hand_in, name="review_hand_in"),
    path("queue/<int:pk>/take-back/", reading.review_take_back, name="review_take_back"),
    path("queue/<int:pk>/dossier/", bound.review_dossier, name="review_dossier"),
    path("queue/<int:pk>/conflict/", declaring.review_conflict, name="review_conflict"),
    path(
        "queue/<int:pk>/documents/<int:document>/", reading.review_document, name="review_document"
    ),
    path("queue/<int:pk>/letters/<int:letter>/", references.review_letter, name="review_letter"),
    path("files/", board.board, name="board"),
    path("files/<str:number>/", file.file, name="file"),
    path("files/<str:number>/assign/", file.file_assign, name="file_assign"),
    path("files/<str:number>/dossier/", bound.file_dossier, name="file_dossier"),
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
    path("files/<str:number>/conflict/", declaring.file_conflict, name="file_conflict"),
    path(
        "files/<str:number>/conflicts/state/",
        declaring.file_conflict_state,
        name="file_conflict_state",
    ),
    path("conflicts/", conflicts.conflicts_board, name="conflicts_board"),
    path("conflicts/confirm/", conflicts.conflicts_confirm, name="conflicts_confirm"),
    path("conflicts/dismiss/", conflicts.conflicts_dismiss, name="conflicts_dismiss"),
    path("conflicts/undo/", conflicts.conflicts_undo, name="conflicts_undo"),
    path("conflicts/<int:pk>/confirm/", conflicts.conflict_confirm, name="conflict_confirm"),
    path("conflicts/<int:pk>/dismiss/", conflicts.conflict_dismiss, name="conflict_dismiss"),
    path(
        "conflicts/<int:pk>/again/",
        conflicts.conflict_propose_again,
        name="conflict_propose_again",
    ),
    path("ties/", ties.ties, name="ties"),
    path("ties/<int:pk>/", ties.ties_of, name="ties_of"),
    path("assignments/<int:pk>/take-back/", file.assignment_unassign, name="assignment_unassign"),
    path("decisions/compare/", compare.decisions_compare, name="decisions_compare"),
    path("compare/", compare.compare, name="compare"),
    path("readers/scales/", scales.readers_scales, name="readers_scales"),
]
