"""A cycle before the public: what it still lacks, publishing it, taking it back."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from cycles.models import Cycle, Program, Question
from cycles.models.question import lines
from cycles.parts import Gap, registered

TWINS = {
    "pieces": ("name", "help"),
    "declarations": ("text",),
    "questions": ("label", "help"),
}


def page_of(row: Any, anchor: str = "") -> str:
    """The page of Django admin where this row is changed."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk]) + (f"#{anchor}" if anchor else "")


def gaps(cycle: Cycle) -> list[Gap]:
    """Everything to do before this cycle can be published, each with its page; in the order of the pages."""
    own = [
        *_of_itself(cycle),
        *_of_programs(cycle),
        *_of_rows(cycle),
        *_of_questions(cycle),
    ]
    return own + [gap for part in registered() for gap in part.gaps(cycle)]


def half_written(row: Any, *fields: str) -> list[str]:
    """The fields that have a text in one language alone; `label` for `label_fr` and `label_en`."""
    return [
        field
        for field in fields
        if bool(getattr(row, f"{field}_fr").strip()) != bool(getattr(row, f"{field}_en").strip())
    ]


def _of_itself(cycle: Cycle) -> Iterator[Gap]:
    """Names, dates and the notice."""
    if not cycle.name_en.strip():
        yield Gap(_("The cycle has no name in English."), page_of(cycle, "id_name_en"))
    if cycle.closes_at <= timezone.now():
        yield Gap(_("The closing date is past."), page_of(cycle, "id_closes_at"))
    if half_written(cycle, "sender"):
        text = _("The sender’s name is written in one language only.")
        yield Gap(text, page_of(cycle, "id_sender_en"))
    for field, sentence in (
        ("notice_fr", _("The privacy notice is missing in French.")),
        ("notice_en", _("The privacy notice is missing in English.")),
    ):
        if not getattr(cycle, field).strip():
            yield Gap(sentence, page_of(cycle, f"id_{field}"))


def _of_programs(cycle: Cycle) -> Iterator[Gap]:
    """The programs, and what each says of itself."""
    programs = list(cycle.programs.all())
    if not programs:
        yield Gap(_("No program takes people in this cycle."), page_of(cycle, "intakes-group"))
    for program in programs:
        if half_written(program, "name", "short", "description"):
            text = _("%(name)s: a text is written in one language only.") % {"name": program}
            yield Gap(text, page_of(program))


def _of_rows(cycle: Cycle) -> Iterator[Gap]:
    """Documents and declarations."""
    lists = {
        "pieces": _("No document is asked."),
        "declarations": _("No declaration is asked before submitting."),
    }
    for name, none in lists.items():
        rows = getattr(cycle, name).all()
        if not rows:
            yield Gap(none, page_of(cycle, f"{name}-group"))
        for index, row in enumerate(rows):
            for field in half_written(row, *TWINS[name]):
                text = _("“%(name)s” is written in one language only.") % {"name": row}
                yield Gap(text, page_of(cycle, f"id_{name}-{index}-{field}_en"))


def _of_questions(cycle: Cycle) -> Iterator[Gap]:
    """The extra questions that are asked."""
    programs = set(cycle.programs.all())
    asked = cycle.questions.filter(is_retired=False).select_related("shown_if", "program")
    for question in asked:
        for sentence in wrong_with(question, programs):
            text = _("Question “%(name)s”: %(what)s") % {"name": question, "what": sentence}
            yield Gap(text, page_of(question))


def wrong_with(question: Question, programs: set[Program]) -> Iterator[str]:
    """What keeps a question from being asked, a sentence each."""
    if half_written(question, *TWINS["questions"]):
        yield _("it is written in one language only.")
    if question.kind == Question.Kind.CHOICE:
        french, english = lines(question.choices_fr), lines(question.choices_en)
        if len(french) != len(english):
            yield _("there are not as many choices in English as in French.")
        elif len(french) < 2:
            yield _("it needs at least two choices.")
    if question.program and question.program not in programs:
        yield _("it is for a program that this cycle does not have.")
    if question.broken_condition:
        yield question.broken_condition


@transaction.atomic
def publish(cycle: Cycle, *, by: User) -> Cycle:
    """Show the cycle to the public; refused until nothing is missing, in both languages."""
    locked = _locked(cycle, by=by)
    if locked.is_published:
        return locked
    if missing := gaps(locked):
        raise Refused(_("This cycle cannot be published yet."), [gap.text for gap in missing])
    return _write(locked, is_published=True, by=by)


@transaction.atomic
def unpublish(cycle: Cycle, *, by: User) -> Cycle:
    """Hide the cycle again; refused once it has opened, because people are applying."""
    locked = _locked(cycle, by=by)
    if locked.has_opened:
        raise Refused(
            _("This cycle has opened and people may be applying: close it by its closing date.")
        )
    return _write(locked, is_published=False, by=by) if locked.is_published else locked


def _locked(cycle: Cycle, *, by: User) -> Cycle:
    """The cycle as it is now, for an administrator alone."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _write(cycle: Cycle, *, is_published: bool, by: User) -> Cycle:
    """Write it with its line of the trail."""
    cycle.is_published = is_published
    cycle.save(update_fields=["is_published"])
    record("publish" if is_published else "unpublish", cycle, by=by)
    return cycle
