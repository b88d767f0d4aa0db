"""Every address of the product: French at the root, English under /en/; those for machines once."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config import views

handler500 = "config.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", include("notifications.urls")),
    *i18n_patterns(
        # Before the intake, whose steps take any one word after a file's number.
        path("", include("desk.urls")),
        path("", include("papers.urls")),
        path("", include("applications.urls")),
        # Before the files of judging, whose addresses take any number.
        path("", include("dossiers.urls")),
        path("", include("committee.urls")),
        path("", include("answers.urls")),
        path("", include("reviews.urls")),
        path("", include("followup.urls")),
        path("", include("permits.urls")),
        path("", include("reconciliation.urls")),
        path("", include("enrolment.urls")),
        path("", include("scholarships.urls")),
        path("", include("retention.urls")),
        path("", include("finding.urls")),
        path("", include("reports.urls")),
        path("account/", include("accounts.urls")),
        path("account/mine/", views.home_for_me, name="home_for_me"),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
