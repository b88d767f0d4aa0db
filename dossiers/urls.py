"""Addresses of dossiers."""

from django.urls import URLPattern, path

from dossiers.views import redactions

urlpatterns: list[URLPattern] = [
    path("redactions/", redactions.redactions, name="redactions"),
    path("redactions/<str:number>/", redactions.redactions_file, name="redactions_file"),
    path("redactions/<str:number>/hide/", redactions.redactions_hide, name="redactions_hide"),
    path("redactions/<str:number>/show/", redactions.redactions_show, name="redactions_show"),
    path("redactions/<str:number>/again/", redactions.redactions_again, name="redactions_again"),
    path("redactions/<str:number>/words/", redactions.redactions_words, name="redactions_words"),
    path("redactions/<str:number>/area/", redactions.redactions_area, name="redactions_area"),
    path("redactions/<str:number>/part/", redactions.redactions_part, name="redactions_part"),
    path("redactions/<str:number>/remove/", redactions.redactions_remove, name="redactions_remove"),
    path(
        "redactions/<str:number>/<int:pk>/page/", redactions.redaction_page, name="redaction_page"
    ),
]
