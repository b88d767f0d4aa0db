"""What people say of whom they are close to, written by themselves or by a coordinator for them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import coordinates
from audit.moves import Refused, record
from reviews.models import Ties
from reviews.models.ties import judges_files


def of(person: User) -> Ties:
    """This person's ties; unsaved while they said nothing."""
    return Ties.objects.filter(person=person).first() or Ties(person=person)


@transaction.atomic
def save(ties: Ties, *, by: User) -> Ties:
    """Keep them; the next comparison, within minutes, proposes what follows. The trail never repeats the names."""
    if not judges_files(ties.person):
        raise Refused(_("This person judges no files."))
    if by.pk != ties.person_id and not coordinates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    ties.changed_at = timezone.now()
    ties.save()
    record("say_ties", ties, by=by)
    return ties
