"""Addresses of what comes after the answer, and of the applicant's home."""

from django.urls import path

from followup.views import as_applicant, calendar, home, offers, preparation, preview, udem

urlpatterns = [
    path("dates.ics", calendar.cycle_calendar, name="cycle_calendar"),
    path("applications/mine/", home.my_application, name="my_application"),
    path("applications/<str:number>/", home.past_application, name="past_application"),
    path(
        "applications/<str:number>/calendar.ics",
        calendar.application_calendar,
        name="application_calendar",
    ),
    path(
        "udem/<str:number>/prepare/",
        preparation.preparation,
        name="preparation",
    ),
    path(
        "udem/<str:number>/prepare/<int:pk>/",
        preparation.preparation_tick,
        name="preparation_tick",
    ),
    path(
        "releases/<int:pk>/read/<slug:outcome>/",
        preview.release_reads,
        name="release_reads",
    ),
    path("offers/<str:number>/accept/", offers.offer_accept, name="offer_accept"),
    path("offers/<str:number>/decline/", offers.offer_decline, name="offer_decline"),
    path("udem/<str:number>/", udem.udem_report, name="udem_report"),
    path("udem/<str:number>/correct/", udem.udem_correct, name="udem_correct"),
    path("desk/<str:number>/as-applicant/", as_applicant.as_applicant, name="as_applicant"),
]
