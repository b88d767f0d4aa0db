"""Makes one whole draft and a session of its owner, as a process of its own; says what a browser would know."""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from cycles.models import Cycle  # noqa: E402
from tests import factories  # noqa: E402

if __name__ == "__main__":
    count = User.objects.count()
    person = User.objects.create_user(f"awa{count}@example.org", full_name="Awa Ndiaye")
    cycle = Cycle.objects.first() or factories.cycle()
    application = factories.draft(person, cycle)
    application.refresh_from_db()
    client = Client()
    client.force_login(person)
    known = {
        "number": application.number,
        "revision": application.revision,
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "cookie": settings.SESSION_COOKIE_NAME,
    }
    print(json.dumps(known))
