"""The floor: what Django and gunicorn do here with nothing of ours. Two views and no middleware.

`/bare/` answers 10 kB. `/insert/` makes one indexed SELECT and one committed INSERT.
"""

import itertools
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import env

BODY = b"<p>Ten thousand bytes.</p>" * 385
# Without middleware nobody else says it, and gunicorn would hang up after each answer.
LENGTH = {"Content-Length": str(len(BODY))}

# A site of its own, in a process of its own: nothing of the product's settings counts here.
settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.floor_site",
    DATABASES={"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 60}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()


class Thing(models.Model):
    """A row to look up."""

    name = models.TextField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_thing"

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A row to write."""

    thing_id = models.BigIntegerField()
    said = models.TextField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_line"

    def __str__(self) -> str:
        return self.said


_turn = itertools.count(os.getpid())


def bare(request: HttpRequest) -> HttpResponse:
    """Ten kilobytes."""
    return HttpResponse(BODY, headers=LENGTH)


def insert(request: HttpRequest) -> HttpResponse:
    """Look one row up by its key, write another, commit."""
    thing = Thing._default_manager.get(pk=next(_turn) % 10_000 + 1)
    Line._default_manager.create(thing_id=thing.pk, said=thing.name)
    return HttpResponse(BODY, headers=LENGTH)


urlpatterns = [path("bare/", bare), path("insert/", insert)]
application = get_wsgi_application()
