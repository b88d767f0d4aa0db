"""The certificate of a disposal: what went, when, by which rule, decided by whom. It names nobody whose file it was."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.db.models import Max, Min
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from cycles import typography
from cycles.clock import day_of
from papers.press import set_pdf
from retention.models import Disposal, Item


def totals(disposal: Disposal) -> list[tuple[str, int]]:
    """How many rows of each table went, and how many files, in words; the largest first."""
    count: Counter[str] = Counter()
    done = disposal.items.filter(status=Item.Status.DONE)
    for counted in done.values_list("counted", flat=True):
        count.update(counted)
    named = [(_named(table), number) for table, number in count.items() if _is_a_thing(table)]
    return sorted(named, key=lambda one: (-one[1], one[0]))


def _is_a_thing(table: str) -> bool:
    """Whether people have a word for it: not a table that only ties two others together."""
    try:
        return not apps.get_model(table)._meta.auto_created
    except (LookupError, ValueError):
        return True


def _named(table: str) -> str:
    """A table in words."""
    if table == "files":
        return _("Files")
    try:
        return str(capfirst(apps.get_model(table)._meta.verbose_name_plural))
    except LookupError:
        return table


def pdf_of(disposal: Disposal, language: str) -> bytes:
    """The certificate as a tagged PDF; the same list gives the same bytes."""
    assert disposal.done_at is not None  # whoever calls has looked
    with override(language):
        return set_pdf("attestation.typ", _data(disposal), at=disposal.done_at)


def _data(disposal: Disposal) -> dict[str, Any]:
    done = disposal.items.filter(status=Item.Status.DONE)
    when = done.aggregate(first=Min("due_on"), last=Max("due_on"))
    kept = disposal.items.exclude(status=Item.Status.DONE).count()
    number = f"D-{disposal.pk:05d}"
    first, last = when["first"], when["last"]
    facts = [
        (_("Certificate"), number),
        (_("What"), str(disposal.get_kind_display())),
        (_("Rule"), disposal.rule_here),
        (_("Lines destroyed"), str(done.count())),
        (_("Left out, held or no longer due"), str(kept)),
        (_("Checked by"), f"{disposal.checked_by}, {_day(disposal.checked_at)}"),
        (_("Approved by"), f"{disposal.approved_by}, {_day(disposal.approved_at)}"),
        (_("Executed"), _day(disposal.done_at)),
        (_("Fingerprint of the list"), disposal.fingerprint),
    ]
    if first and last:
        days = f"{typography.day_text(first)} – {typography.day_text(last)}"
        facts.insert(4, (_("Due"), days))
    went = [f"{name} {count}" for name, count in totals(disposal)]
    facts.append((_("What went"), " · ".join(went) or "–"))
    return {
        "language": typography.reader_language(),
        "title": _("Certificate of destruction"),
        "number": number,
        "date": _("Montréal, %(day)s") % {"day": _day(disposal.done_at)},
        "facts": facts,
        "paragraphs": [
            _(
                "The records counted here were destroyed by the product, with their files, after one person "
                "had checked the list and another had approved it. Copies in backups end with the backups."
            )
        ],
        "signer": "",
        "signer_title": "",
        "words": {"product": _("Admissions · professional programs"), "file": number},
    }


def _day(moment: Any) -> str:
    return typography.day_text(day_of(moment)) if moment else ""
