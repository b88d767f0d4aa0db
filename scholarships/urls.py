"""Addresses of scholarships."""

from django.urls import URLPattern

# Those of applicants.
applying: list[URLPattern] = []
# Those of self-identification and of the privacy service.
confiding: list[URLPattern] = []
# Those of the panel, and of who shows its results.
judging: list[URLPattern] = []
# Those of awards and their money.
awarding: list[URLPattern] = []

urlpatterns = [*applying, *confiding, *judging, *awarding]
