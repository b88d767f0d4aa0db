"""Addresses of the one search, of saved views, of exports and of statistics."""

from django.urls import URLPattern, path

from finding.views import exports, search, statistics, views

urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("search/for/", search.search_ask, name="search_ask"),
    path("search/suggest/", search.search_suggest, name="search_suggest"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("lists/", exports.exports, name="exports"),
    path("lists/exports/<uuid:pk>/", exports.export_show, name="export_show"),
    path("lists/exports/<uuid:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("lists/exports/<uuid:pk>/again/", exports.export_again, name="export_again"),
    path("lists/exports/<uuid:pk>/file/", exports.export_file, name="export_file"),
    path("lists/views/<int:pk>/rename/", views.view_rename, name="view_rename"),
    path("lists/views/<int:pk>/first/", views.view_first, name="view_first"),
    path("lists/views/<int:pk>/share/", views.view_share, name="view_share"),
    path("lists/views/<int:pk>/drop/", views.view_drop, name="view_drop"),
    path("lists/views/<int:pk>/restore/", views.view_restore, name="view_restore"),
    path("lists/<str:key>/words/", views.list_ask, name="list_ask"),
    path("lists/<str:key>/keep/", views.view_keep, name="view_keep"),
    path("lists/<str:key>/take/", exports.export_ask, name="export_ask"),
]
