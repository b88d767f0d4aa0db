"""The addresses where mail services tell what became of letters."""

from django.urls import path

from notifications import webhooks

urlpatterns = [
    path("mail/events/<slug:service>/", webhooks.mail_events, name="mail_events"),
]
