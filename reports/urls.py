"""Addresses of one's own file."""

from django.urls import path

from reports import views

urlpatterns = [
    path("account/my-file/", views.my_file, name="my_file"),
    path("account/my-file/download/", views.my_file_download, name="my_file_download"),
]
