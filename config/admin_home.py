"""The first page of the configuration: what a year's set-up needs, done or not, each with its page; and one search."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import subject_of
from cycles.models import Cycle
from cycles.publishing import gaps, page_of
from cycles.typography import day_text
from dossiers.folding import folded
from notifications.letter_text import LetterText
from retention.models import Rule
from scholarships.models import Round


@dataclass(frozen=True)
class Step:
    """One part of the set-up: whether it is done, what to know of it, and where it is changed."""

    title: str
    done: bool
    text: str
    url: str


def cycle_to_set_up() -> Cycle | None:
    """The next cycle, hidden or not; else the current one."""
    coming = Cycle.objects.filter(opens_at__gt=timezone.now()).order_by("opens_at").first()
    return coming or Cycle.objects.current()


def steps(cycle: Cycle) -> Iterator[Step]:
    """In the order of the operations guide's “A year's set-up in ten minutes”."""
    page = page_of(cycle)
    dates = {"first": day_text(cycle.opens_at), "last": day_text(cycle.closes_at)}
    yield Step(
        _("Dates"),
        cycle.is_published or cycle.opens_at > timezone.now(),
        _("Opens on %(first)s, closes on %(last)s.") % dates,
        page,
    )
    yield _programs(cycle)
    asked = bool(cycle.pieces.all() and cycle.declarations.all())
    text = _("Privacy notice, documents and declarations, in both languages.")
    whole = asked and bool(cycle.notice_fr.strip() and cycle.notice_en.strip())
    yield Step(_("What is asked, and agreed to"), whole, text, page)
    criteria = cycle.criteria.count()
    text = ngettext("%(n)s criterion;", "%(n)s criteria;", criteria) % {"n": criteria}
    wanted = cycle.reviews_per_file
    each = ngettext("%(n)s reading a file.", "%(n)s readings a file.", wanted) % {"n": wanted}
    yield Step(_("Reading: the rubric"), criteria > 0, f"{text} {each}", page)
    yield _letters(cycle)
    yield _scholarships(cycle)
    yield _retention()
    yield _publication(cycle)


def _programs(cycle: Cycle) -> Step:
    rows = list(cycle.intakes.select_related("program"))
    told = [
        _("%(program)s: %(seats)s seats, %(n)s referees")
        % {
            "program": row.program.short,
            "seats": "–" if row.seats is None else row.seats,
            "n": row.referees_asked,
        }
        for row in rows
    ]
    done = bool(rows) and all(row.seats is not None for row in rows)
    text = ". ".join(told) or _("No program takes people in this cycle.")
    return Step(_("Programs, seats and referees"), done, text, page_of(cycle, "intakes-group"))


def _letters(cycle: Cycle) -> Step:
    drafts = LetterText.objects.drafts().in_scopes([subject_of(cycle)]).count()
    text = ngettext(
        "%(n)s text is begun and not in use.", "%(n)s texts are begun and not in use.", drafts
    ) % {"n": drafts}
    url = reverse("admin:cycle_letters", args=[cycle.pk])
    usual = _("No text waits: the usual ones, or those that were published, leave.")
    return Step(_("Letters in both languages"), not drafts, text if drafts else usual, url)


def _scholarships(cycle: Cycle) -> Step:
    rows = Round.objects.filter(cycle=cycle)
    hidden = rows.exclude(is_published=True).count()
    count = rows.count()
    text = ngettext("%(n)s round", "%(n)s rounds", count) % {"n": count}
    if hidden:
        not_yet = ngettext("%(n)s not published", "%(n)s not published", hidden) % {"n": hidden}
        text = f"{text}, {not_yet}"
    url = f"{reverse('admin:scholarships_round_changelist')}?cycle__id__exact={cycle.pk}"
    return Step(_("Scholarships"), count > 0 and not hidden, f"{text}.", url)


def _retention() -> Step:
    unsourced = Rule.objects.filter(source="").count()
    text = ngettext(
        "%(n)s length does not say who decided it.",
        "%(n)s lengths do not say who decided them.",
        unsourced,
    ) % {"n": unsourced}
    said = _("Each length says who decided it.")
    url = reverse("admin:retention_rule_changelist")
    return Step(_("How long records are kept"), not unsourced, text if unsourced else said, url)


def _publication(cycle: Cycle) -> Step:
    if cycle.is_published:
        return Step(_("Publication"), True, _("The public sees it."), page_of(cycle))
    left = len(gaps(cycle))
    text = ngettext(
        "%(n)s thing is left to do before it can be shown.",
        "%(n)s things are left to do before it can be shown.",
        left,
    ) % {"n": left}
    url = page_of(cycle) if left else reverse("admin:cycle_publish", args=[cycle.pk])
    return Step(_("Publication"), False, text if left else _("It is ready to be shown."), url)


def matching(apps: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """The lists whose name, or whose part's name, holds these words, without accents or case."""
    wanted = folded(words).split()
    if not wanted:
        return apps
    kept = []
    for app in apps:
        models = [
            model
            for model in app["models"]
            if all(word in folded(f"{app['name']} {model['name']}") for word in wanted)
        ]
        if models:
            kept.append({**app, "models": models})
    return kept
