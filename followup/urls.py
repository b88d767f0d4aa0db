"""Addresses of what comes after the answer, and of the applicant's home."""

from django.urls import path

from followup import views

urlpatterns = [
    path("applications/mine/", views.my_application, name="my_application"),
    path("applications/<str:number>/", views.past_application, name="past_application"),
    path("offers/<str:number>/accept/", views.offer_accept, name="offer_accept"),
    path("offers/<str:number>/decline/", views.offer_decline, name="offer_decline"),
    path("udem/<str:number>/", views.udem_report, name="udem_report"),
    path("udem/<str:number>/correct/", views.udem_correct, name="udem_correct"),
    path("follow-up/", views.followup_board, name="followup_board"),
]
