"""The EDI officer's acts: opening what is confidential, with a purpose; the need of Category 3; who is asked for a proof."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import protects
from audit.moves import Refused, record
from scholarships import abouts, private_letters
from scholarships.models import Candidacy, Category, Result, Standing
from scholarships.needs import NEEDS
from scholarships.vault import entries
from scholarships.vault.entries import About

# What can be opened, by the word of its address. Self-identification is not among them: nobody opens it.
OPENABLE: dict[str, Callable[[Candidacy], About]] = {
    "declaration": abouts.declaration,
    "budget": abouts.budget,
    "proof": abouts.proof,
}
OF_CATEGORY: dict[str, tuple[str, ...]] = {
    Category.WOMEN_IN_AI: ("declaration",),
    Category.SOCIOECONOMIC: ("budget", "proof"),
}


@dataclass(frozen=True)
class Line:
    """A scholarship application by its number, and what of it can be opened."""

    candidacy: Candidacy
    standing: frozenset[str]


def lines(candidacies: Iterable[Candidacy]) -> list[Line]:
    """What stands of each, in one look-up."""
    rows = list(candidacies)
    found = entries.standing(
        OPENABLE[what](row) for row in rows for what in OF_CATEGORY[row.round.category]
    )
    return [
        Line(row, frozenset(what for what, about in OPENABLE.items() if about(row) in found))
        for row in rows
    ]


def openable(candidacy: Candidacy, what: str) -> About:
    """The entry that an address means. Raises Refused for what its category does not ask."""
    if what not in OF_CATEGORY.get(candidacy.round.category, ()):
        raise Refused(_("There is nothing of this kind to open."))
    return OPENABLE[what](candidacy)


@transaction.atomic
def open_entry(
    candidacy: Candidacy, what: str, *, purpose: str, by: User, signed_in_at: datetime
) -> Mapping[str, Any]:
    """Show one entry, once, written down where its person reads it; a letter tells them. Raises Refused.

    `signed_in_at` is when this officer last proved who they are.
    """
    about = openable(candidacy, what)
    said = entries.disclose(about, purpose=purpose, by=by, signed_in_at=signed_in_at)
    if said is None:
        raise Refused(_("It is not there: its person erased it, or never said it."))
    private_letters.tell_opened(candidacy.application.applicant, key=str(uuid.uuid4()))
    return said


@transaction.atomic
def judge_need(candidacy: Candidacy, need: int | None, *, by: User) -> Candidacy:
    """Record how great the need is, from 1 to 5, or take it back with None; the trail has no value. Raises Refused."""
    held = _held(candidacy, by=by)
    if need is not None and need not in NEEDS:
        raise Refused(_("A need is from 1 to 5, and says who judged it."))
    if held.need == need:
        return held
    held.need, held.need_by = need, None if need is None else by
    held.save(update_fields=["need", "need_by"])
    record("take_need_back" if need is None else "judge_need", held, by=by)
    return held


@transaction.atomic
def shortlist(candidacy: Candidacy, *, by: User) -> Candidacy:
    """Ask for a proof: the person gets a letter, and their page asks for it. Raises Refused."""
    held = _held(candidacy, by=by)
    if held.shortlisted_at:
        return held
    held.shortlisted_at = timezone.now()
    held.save(update_fields=["shortlisted_at"])
    record("shortlist", held, by=by)
    moment = held.shortlisted_at.isoformat()
    private_letters.tell_proof_asked(held.application.applicant, key=f"{held.pk}:{moment}")
    return held


@transaction.atomic
def take_off_shortlist(candidacy: Candidacy, *, by: User) -> Candidacy:
    """Ask for no proof any more. Raises Refused once one is there: then it is for its person to erase."""
    held = _held(candidacy, by=by)
    if not held.shortlisted_at:
        return held
    if entries.stands(abouts.proof(held)):
        raise Refused(_("The proof is here already."))
    held.shortlisted_at = None
    held.save(update_fields=["shortlisted_at"])
    record("take_off_shortlist", held, by=by)
    return held


def _held(candidacy: Candidacy, *, by: User) -> Candidacy:
    """The scholarship application, locked. Raises Refused before it is in, and once its result is approved."""
    if not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = Candidacy.objects.select_for_update(of=("self",))
    held = rows.select_related("round", "application__applicant").get(pk=candidacy.pk)
    if held.round.category != Category.SOCIOECONOMIC or held.status != Standing.SUBMITTED:
        raise Refused(_("Only a submitted application of Category 3 has a need and a proof."))
    judged = Result.objects.filter(candidacy=held).exclude(status=Result.Status.PROPOSED)
    if judged.exists():
        raise Refused(_("The result is approved: this can no longer change."))
    return held
