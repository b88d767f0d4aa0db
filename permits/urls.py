"""Addresses of permits."""

from django.urls import path

from permits.views import office, own

urlpatterns = [
    path("permits/<str:number>/", own.permits, name="permits"),
    path("permits/<str:number>/status/", own.permit_status, name="permit_status"),
    path("permits/<str:number>/letter/<slug:language>/", own.permit_letter, name="permit_letter"),
    path("permits/<str:number>/steps/<slug:kind>/<slug:to>/", own.permit_step, name="permit_step"),
    path("desk/<str:number>/permits/", office.permits_office, name="permits_office"),
    path(
        "desk/<str:number>/permits/<slug:kind>/",
        office.permit_put_right,
        name="permit_put_right",
    ),
]
