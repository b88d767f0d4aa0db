"""Who a person is at UdeM: told once a place is theirs, put right or erased when they like, never written elsewhere."""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications import countries
from applications.models import Application
from applications.permissions import owns
from audit.moves import Refused, record
from cycles.clock import day_of
from followup.models import Identity, UdemFile
from followup.sealing import mark

CODE = re.compile(r"[A-Z]{4}[0-9]{8}")
MOST_COUNTRIES = 3
OLDEST_YEARS = 120
# Nobody younger has a degree to apply with: such a date is this year typed for another.
YOUNGEST_YEARS = 10


def clean_birth(day: date) -> date:
    """The date as given. Raises ValidationError when nobody who studies here was born then."""
    today = day_of(timezone.now())
    if not today.year - OLDEST_YEARS <= day.year <= today.year - YOUNGEST_YEARS:
        raise ValidationError(_("Check the year: this cannot be your date of birth."))
    return day


def clean_code(text: str) -> str:
    """The permanent code without spaces, in capitals. Raises ValidationError when it cannot be one."""
    code = re.sub(r"[\s\-]", "", text).upper()
    if code and not CODE.fullmatch(code):
        raise ValidationError(_("A permanent code has 4 letters, then 8 digits."))
    return code


def clean_countries(codes: Sequence[str]) -> list[str]:
    """Each country once, in the order given. Raises ValidationError for what is no country, or for too many."""
    known = countries.names("en")
    told = list(dict.fromkeys(code for code in codes if code))
    if len(told) > MOST_COUNTRIES or any(code not in known for code in told):
        raise ValidationError(_("Choose one to three countries of the list."))
    return told


@transaction.atomic
def tell(
    application: Application,
    *,
    birth: date | None,
    citizenships: Sequence[str],
    code: str,
    by: User,
) -> Identity:
    """Keep what the person tells, sealed, in place of what they told before; the trail has no value. Raises Refused."""
    held = _held(application, by=by)
    try:
        day = clean_birth(birth).isoformat() if birth else ""
        told = {"birth": day, "countries": ",".join(clean_countries(citizenships))}
        told["code"] = clean_code(code)
    except ValidationError as error:
        raise Refused(_("This cannot be recorded."), error.messages) from error
    if not any(told.values()):
        raise Refused(_("There is nothing to keep: to erase what you told, use the page for it."))
    identity = Identity.objects.filter(application=held).first() or Identity(application=held)
    if all(getattr(identity, name) == value for name, value in told.items()):
        return identity
    for name, value in {**told, "code_mark": mark(told["code"]), "told_at": timezone.now()}.items():
        setattr(identity, name, value)
    identity.save()
    record("tell_identity", held, by=by)
    return identity


@transaction.atomic
def erase(application: Application, *, by: User) -> bool:
    """Forget what the person told of who they are; whether there was anything. Raises Refused."""
    if not owns(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    gone, _rows = Identity.objects.filter(application=application).delete()
    if gone:
        record("erase_identity", application, by=by)
    return bool(gone)


def _held(application: Application, *, by: User) -> Application:
    """The file, locked: two tabs tell one after the other. Raises Refused before an offer is accepted."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not owns(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    if not UdemFile.objects.filter(offer__decision__application=held).exists():
        raise Refused(_("We ask for this only once you have accepted an offer."))
    return held
