"""What is confided for a scholarship: the declaration of Category 1, the budget of Category 3; in the vault and nowhere else.

The consent is a row of ours; what it lets us keep is the vault's. The row comes first and the vault last, in one act: where
the vault fails, nothing was agreed to. What is erased is gone from the vault whatever becomes of the row.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from audit.moves import Refused, record
from scholarships import abouts, consents, lapsing, letters
from scholarships.models import Candidacy, Category
from scholarships.vault import entries
from scholarships.vault.entries import About


def locked(candidacy: Candidacy, *, by: User) -> Candidacy:
    """The row, locked and fresh, of its person. Raises Refused for anybody else."""
    rows = Candidacy.objects.select_for_update(of=("self",)).select_related(
        "round__cycle", "application__cycle", "application__applicant"
    )
    found = rows.get(pk=candidacy.pk)
    if not by.is_active or by.pk != found.application.applicant_id:
        raise Refused(_("You may not do this."), forbidden=True)
    return found


def about_of(candidacy: Candidacy) -> About | None:
    """Where the confidential part of this application lies; None where its category has none."""
    if candidacy.round.category == Category.WOMEN_IN_AI:
        return abouts.declaration(candidacy)
    if candidacy.round.category == Category.SOCIOECONOMIC:
        return abouts.budget(candidacy)
    return None


def own(candidacy: Candidacy, *, by: User) -> dict[str, Any] | None:
    """What its person confided, to them; None when nothing is there. Raises Refused for anybody else."""
    about = about_of(candidacy)
    return entries.own(about, by=by) if about else None


def agreed(candidacy: Candidacy) -> bool:
    """Whether the consent to keep it stands; true where nothing confidential is asked. No look into the vault."""
    consent = consents.confidential(candidacy.round)
    return consent is None or consent.code in consents.standing(candidacy)


def lacks(candidacy: Candidacy) -> bool:
    """Whether something confidential is asked and is not there."""
    about = about_of(candidacy)
    return about is not None and not (agreed(candidacy) and entries.stands(about))


@sensitive_variables("said")
@transaction.atomic
def keep(candidacy: Candidacy, said: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Agree, and confide it or correct it. Raises Refused; the caller has judged that it may be written now."""
    row = locked(candidacy, by=by)
    about, consent = about_of(row), consents.confidential(row.round)
    if about is None or consent is None:
        raise Refused(_("Nothing confidential is asked for this scholarship."))
    row.consents = consents.given(row, [consent], at=at)
    row.save(update_fields=["consents"])
    record("confide", row, by=by)
    entries.declare(about, said, by=by)


@transaction.atomic
def take_back(candidacy: Candidacy, *, by: User, at: datetime) -> bool:
    """Erase what was confided, at once and wholly, also after the close; whether there was something.

    Without it the application is not eligible: its person is told, on the page and by letter.
    """
    row = locked(candidacy, by=by)
    about, consent = about_of(row), consents.confidential(row.round)
    if about is None or consent is None:
        raise Refused(_("Nothing confidential is asked for this scholarship."))
    if not no_longer_agreed(row, by=by, at=at) and not entries.stands(about):
        return False
    letters.confirm_erasure(row, may_be_given_again=row.round.accepts(at))
    forget(row, by=by)
    lapsing.settle_for([row.pk], at=at)
    return True


@transaction.atomic
def no_longer_agreed(candidacy: Candidacy, *, by: User, at: datetime) -> bool:
    """Take the consent to keep it back, and what was judged from it; whether there was one. The vault is the caller's."""
    row = locked(candidacy, by=by)
    consent = consents.confidential(row.round)
    if consent is None or consent.code not in consents.standing(row):
        return False
    row.consents = consents.taken_back(row, (consent.code,), at=at)
    row.need = row.need_by = None
    row.save(update_fields=["consents", "need", "need_by"])
    record("take_confidence_back", row, by=by)
    return True


def forget(candidacy: Candidacy, *, by: User) -> None:
    """Erase from the vault all that it holds about this application."""
    for about in filter(None, (about_of(candidacy), proof_of(candidacy))):
        entries.erase(about, by=by)


def proof_of(candidacy: Candidacy) -> About | None:
    """Where the proof of a budget lies; None for the other categories."""
    is_third = candidacy.round.category == Category.SOCIOECONOMIC
    return abouts.proof(candidacy) if is_third else None
