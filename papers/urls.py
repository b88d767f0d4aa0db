"""Addresses of files on their way."""

from django.urls import path

from papers import views

urlpatterns = [
    path("uploads/<uuid:pk>/", views.upload_state, name="upload_state"),
    path("uploads/<uuid:pk>/part/", views.upload_part, name="upload_part"),
    path("uploads/<uuid:pk>/drop/", views.upload_drop, name="upload_drop"),
]
