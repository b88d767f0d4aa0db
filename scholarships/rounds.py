"""A round before the public: what it still lacks, publishing it, taking it back; and from its opening on, what people saw is kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from cycles.publishing import half_written
from scholarships.models import Reading, Round

TEXTS = ("name_fr", "name_en", "text_fr", "text_en")
# What may be left out, and is in both languages or in none.
PAIRED = ("conditions", "signer_title")
# What people read before they apply, and may still be put right: the trail keeps what it was.
SEEN = (
    *TEXTS,
    *("closes_at", "results_on", "reply_days", "amount", "months", "awards"),
    *("stacking", "top_up_above", "top_up_amount", "notice_version"),
    *("first_payment_on", "conditions_fr", "conditions_en"),
    *("signer", "signer_title_fr", "signer_title_en"),
)
# What people applied by: it stays as it is.
FIXED = (
    *("cycle", "category", "opens_at", "audience", "programs", "countries", "levels"),
    *("statement_words", "asks_cv", "asks_transcripts"),
)
ANCHORS = ("anchor_1", "anchor_3", "anchor_5")


def missing(row: Round) -> list[str]:
    """What lacks before people may see the round, a sentence each: both languages, a rubric, a panel."""
    return list(_missing(row))


def _missing(row: Round) -> Iterator[str]:
    if not all(getattr(row, name).strip() for name in ("name_fr", "name_en")):
        yield _("The name is not written in both languages.")
    if not all(getattr(row, name).strip() for name in ("text_fr", "text_en")):
        yield _("Who it is for is not written in both languages.")
    halves = half_written(row, *PAIRED)
    if "conditions" in halves:
        yield _("The conditions of an award are written in one language only.")
    if "signer_title" in halves:
        yield _("The title of who signs is written in one language only.")
    if row.closes_at <= timezone.now():
        yield _("The closing date is past.")
    measures = list(row.measures.all())
    if not measures:
        yield _("The rubric is empty: the panel would have nothing to score.")
    for measure in measures:
        if not measure.name_fr.strip() or half_written(measure, "name", *ANCHORS):
            text = _("Measure “%(name)s”: a text is written in one language only.")
            yield text % {"name": measure}


def rubric_stays(row: Round | None) -> bool:
    """Whether the rubric can no longer change: people apply by it, or the panel has read by it."""
    return row is not None and (
        row.has_opened or Reading.objects.filter(candidacy__round=row).exists()
    )


def panel_lacks(row: Round) -> list[str]:
    """What the panel lacks before it can read; a round may open without it."""
    seats = list(row.seats.all())
    found = []
    if len(seats) < row.panel_size:
        text = _("The panel has %(count)s people: %(needed)s are needed.")
        found.append(text % {"count": len(seats), "needed": row.panel_size})
    if not any(seat.of_edi_committee for seat in seats):
        found.append(_("Nobody of the panel is of the EDI committee."))
    return found


@transaction.atomic
def publish(row: Round, *, by: User) -> Round:
    """Show the round to the people of its cycle; refused until both languages are complete, rubric included."""
    locked = _locked(row, by=by)
    if locked.is_published:
        return locked
    if lacks := missing(locked):
        raise Refused(_("This round cannot be published yet."), lacks)
    return _write(locked, is_published=True, by=by)


@transaction.atomic
def hide(row: Round, *, by: User) -> Round:
    """Hide the round again; refused once it has opened, because people are applying."""
    locked = _locked(row, by=by)
    if locked.has_opened:
        raise Refused(
            _("This round has opened and people may be applying: close it by its closing date.")
        )
    return _write(locked, is_published=False, by=by) if locked.is_published else locked


@transaction.atomic
def keep_what_was_seen(row: Round, before: Mapping[str, Any], *, by: User) -> None:
    """Write what people had read of an opened round before somebody changed it. Raises Refused for what may not change."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not row.has_opened or not before:
        return
    if set(before) & set(FIXED):
        raise Refused(_("This round has opened: what people applied by stays as it is."))
    said = {name: str(value) for name, value in before.items() if name in SEEN}
    if set(said) & set(TEXTS) and "notice_version" not in before:
        raise Refused(_("People have read this text: give another text another version."))
    if said:
        record("reword", row, by=by, before=said)


def _locked(row: Round, *, by: User) -> Round:
    """The round as it is now, for an administrator alone."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    return Round.objects.select_for_update().get(pk=row.pk)


def _write(row: Round, *, is_published: bool, by: User) -> Round:
    row.is_published = is_published
    row.save(update_fields=["is_published"])
    record("publish" if is_published else "unpublish", row, by=by)
    return row
