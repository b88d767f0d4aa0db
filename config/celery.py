"""Celery, and the one timetable of the product. The broker carries ids and holds no truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("mila")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# name: (task, seconds between runs). Every task here is safe to run twice.
app.conf.beat_schedule = {
    "deliver letters": {"task": "notifications.tasks.deliver", "schedule": 3.0},
    "settle letters": {"task": "notifications.tasks.settle", "schedule": 30.0},
    "lapse offers": {"task": "followup.tasks.lapse_offers", "schedule": 600.0},
}
