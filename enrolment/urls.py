"""Addresses of enrolment."""

from django.urls import path

from enrolment.views import (
    board,
    closing,
    deferring,
    endings,
    handing,
    person,
    reminding,
    sharing,
)

urlpatterns = [
    path("follow-up/", board.followup_board, name="followup_board"),
    path("follow-up/remind/", reminding.followup_remind, name="followup_remind"),
    path("follow-up/assign/", sharing.followup_assign, name="followup_assign"),
    path("follow-up/endings/", endings.followup_endings, name="followup_endings"),
    path("follow-up/endings/<uuid:act>/undo/", endings.endings_undo, name="endings_undo"),
    path("follow-up/deferrals/<int:pk>/undo/", deferring.deferral_undo, name="deferral_undo"),
    path("follow-up/<str:number>/", person.followup_person, name="followup_person"),
    path("follow-up/<str:number>/note/", person.followup_note, name="followup_note"),
    path("follow-up/<str:number>/defer/", deferring.followup_defer, name="followup_defer"),
    path("handing-over/<slug:code>/", handing.handing_over, name="handing_over"),
    path("handing-over/<slug:code>/welcome/", handing.followup_welcome, name="followup_welcome"),
    path("handing-over/<slug:code>/closing/", closing.cycle_closing, name="cycle_closing"),
    path(
        "handing-over/<slug:code>/closing/propose/", closing.closing_propose, name="closing_propose"
    ),
    path(
        "handing-over/<slug:code>/closing/confirm/", closing.closing_confirm, name="closing_confirm"
    ),
    path(
        "handing-over/<slug:code>/closing/withdraw/",
        closing.closing_withdraw,
        name="closing_withdraw",
    ),
    path("handing-over/<slug:code>/closing/reopen/", closing.closing_reopen, name="closing_reopen"),
]
