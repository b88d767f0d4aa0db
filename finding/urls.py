"""Addresses of the one search, of saved views, of exports and of statistics."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
