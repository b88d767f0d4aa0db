"""Addresses of the office's desk, and of the applicant's side of it."""

from django.urls import path

from desk.views import board, duplicates, file, mail, pieces, talking

urlpatterns = [
    path("desk/", board.completeness_board, name="completeness_board"),
    path("desk/complete/", board.desk_complete_all, name="desk_complete_all"),
    path("desk/requests/<int:pk>/accept/", pieces.request_accept, name="request_accept"),
    path("desk/requests/<int:pk>/refuse/", pieces.request_refuse, name="request_refuse"),
    path("desk/requests/<int:pk>/extend/", pieces.request_extend, name="request_extend"),
    path("desk/requests/<int:pk>/cancel/", pieces.request_cancel, name="request_cancel"),
    path("desk/duplicates/", duplicates.duplicates, name="duplicates"),
    path("desk/duplicates/<int:first>/<int:second>/", duplicates.pair_compare, name="pair_compare"),
    path(
        "desk/duplicates/<int:first>/<int:second>/join/", duplicates.pair_merge, name="pair_merge"
    ),
    path(
        "desk/duplicates/<int:first>/<int:second>/apart/", duplicates.pair_apart, name="pair_apart"
    ),
    path(
        "desk/duplicates/<int:first>/<int:second>/separate/",
        duplicates.pair_separate,
        name="pair_separate",
    ),
    path("desk/<str:number>/", file.desk_file, name="desk_file"),
    path("desk/<str:number>/complete/", file.desk_complete, name="desk_complete"),
    path("desk/<str:number>/check-again/", file.desk_check_again, name="desk_check_again"),
    path("desk/<str:number>/close/", file.desk_close, name="desk_close"),
    path("desk/<str:number>/take-up/", file.desk_take_up, name="desk_take_up"),
    path("desk/<str:number>/address/", file.desk_address, name="desk_address"),
    path("desk/<str:number>/ask/", pieces.request_ask, name="request_ask"),
    path("desk/<str:number>/documents/<int:pk>/", file.desk_document, name="desk_document"),
    path("desk/<str:number>/letters/<int:pk>/resend/", file.desk_resend, name="desk_resend"),
    path("desk/<str:number>/messages/", talking.desk_messages, name="desk_messages"),
    path("desk/<str:number>/messages/settle/", talking.desk_settle, name="desk_settle"),
    path("letters/", mail.letters, name="letters"),
    path("letters/addresses/", mail.unreachable, name="unreachable"),
    path("letters/pause/", mail.mail_pause, name="mail_pause"),
    path("letters/resume/", mail.mail_resume, name="mail_resume"),
    path("letters/by-second/", mail.mail_second, name="mail_second"),
    path("letters/by-first/", mail.mail_first, name="mail_first"),
    path("letters/<int:pk>/", mail.letter_read, name="letter_read"),
    path("letters/<int:pk>/resend/", mail.letter_resend, name="letter_resend"),
    path("letters/<int:pk>/resend-all/", mail.letter_resend_all, name="letter_resend_all"),
    path("letters/<int:pk>/settle/", mail.letter_settle, name="letter_settle"),
    path(
        "applications/<str:number>/requests/<int:pk>/",
        pieces.request_answer,
        name="request_answer",
    ),
    path(
        "applications/<str:number>/messages/",
        talking.application_messages,
        name="application_messages",
    ),
]
