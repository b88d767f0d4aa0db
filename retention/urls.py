"""Addresses of retention."""

from django.urls import path

from retention.views import holds, incidents, lists

urlpatterns = [
    path("retention/", lists.retention, name="retention"),
    path("retention/hold/", holds.hold_set, name="hold_set"),
    path("retention/holds/<int:pk>/lift/", holds.hold_lift, name="hold_lift"),
    path("retention/lists/<int:pk>/", lists.disposal, name="disposal"),
    path("retention/lists/<int:pk>/check/", lists.disposal_check, name="disposal_check"),
    path("retention/lists/<int:pk>/uncheck/", lists.disposal_uncheck, name="disposal_uncheck"),
    path("retention/lists/<int:pk>/approve/", lists.disposal_approve, name="disposal_approve"),
    path("retention/lists/<int:pk>/cancel/", lists.disposal_cancel, name="disposal_cancel"),
    path(
        "retention/lists/<int:pk>/<int:item>/leave-out/",
        lists.disposal_leave_out,
        name="disposal_leave_out",
    ),
    path(
        "retention/lists/<int:pk>/<int:item>/put-back/",
        lists.disposal_put_back,
        name="disposal_put_back",
    ),
    path(
        "retention/lists/<int:pk>/certificate/",
        lists.disposal_certificate,
        name="disposal_certificate",
    ),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.incident_add, name="incident_add"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
]
