"""Legal holds: a file is kept whatever its age, until a director lets it go."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from audit.moves import Refused, record
from retention.lists import refuse_short
from retention.models import Hold
from retention.permissions import holds_files, lifts_holds


@transaction.atomic
def hold(application: Application, *, why: str, by: User) -> Hold:
    """Keep a file. Raises Refused: without a reason, or when it is held already."""
    if not holds_files(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_short(why)
    # Whoever destroys it holds it too: a hold comes before, or finds nothing.
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    try:
        with transaction.atomic():
            row = Hold.objects.create(application=application, why=why.strip(), set_by=by)
    except IntegrityError:
        raise Refused(_("This file is held already.")) from None
    record("hold", application, by=by, why=row.why)
    return row


@transaction.atomic
def lift(row: Hold, *, why: str, by: User) -> Hold:
    """Let a file go again: from now on its own time counts. Raises Refused."""
    if not lifts_holds(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_short(why)
    held = Hold.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.lifted_at:
        raise Refused(_("This hold is lifted already."))
    held.lifted_at, held.lifted_by, held.lifted_why = timezone.now(), by, why.strip()
    held.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record("lift_hold", held.application, by=by, why=held.lifted_why)
    return held
