"""Makes whole drafts of new people, each with a session, as a process of its own; says what their browsers would know.

The argument says how many; one line of JSON each.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from applications.models import Application  # noqa: E402
from cycles.models import Cycle  # noqa: E402
from tests import factories  # noqa: E402
from tests.applications.copies import copies  # noqa: E402


def drafts(count: int) -> list[Application]:
    """The first by the verbs, the others as its copies."""
    born = User.objects.count()
    person = User.objects.create_user(f"awa{born}@example.org", full_name="Awa Ndiaye")
    first = factories.draft(person, Cycle.objects.first() or factories.cycle())
    first.refresh_from_db()
    return [first, *copies(first, count - 1, name=f"copy{born}-")]


if __name__ == "__main__":
    for application in drafts(int(sys.argv[1]) if sys.argv[1:] else 1):
        client = Client()
        client.force_login(application.applicant)
        known = {
            "number": application.number,
            "revision": application.revision,
            "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "cookie": settings.SESSION_COOKIE_NAME,
        }
        print(json.dumps(known))
