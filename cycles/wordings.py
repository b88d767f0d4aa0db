"""Changing what applicants read: freely before the opening, and after it without losing what they saw."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from cycles.models import Declaration, Question, QuestionVersion
from cycles.models.question import WORDING, lines

# What answers hang on: other values would make the answers given say something else.
FIXED = {"kind", "code", "cycle"}


def refusal_to_revise(question: Question, changes: dict[str, Any]) -> str:
    """Why an opened cycle's question, as it is kept, cannot change so; empty when it can."""
    if not question.cycle.has_opened:
        return ""
    if FIXED & {name for name, value in changes.items() if getattr(question, name) != value}:
        return _(
            "The cycle has opened: the kind and the code of a question stay. Retire it and add another."
        )
    for name in ("choices_fr", "choices_en"):
        before, after = lines(getattr(question, name)), lines(changes.get(name) or "")
        if name in changes and _moved(before, after):
            return _(
                "The cycle has opened: choices may be reworded or added at the end, never moved or removed."
            )
    return ""


def _moved(before: list[str], after: list[str]) -> bool:
    """Whether a choice left its line."""
    return len(after) < len(before) or any(
        text in before and before.index(text) != index for index, text in enumerate(after)
    )


@transaction.atomic
def revise(question: Question, *, by: User, **changes: Any) -> Question:
    """Change a question; once the cycle has opened, the wording that people answered is kept as a version."""
    locked = _locked(question, by=by)
    if sentence := refusal_to_revise(locked, changes):
        raise Refused(sentence)
    changed = {name: new for name, new in changes.items() if getattr(locked, name) != new}
    if not changed:
        return locked
    if locked.cycle.has_opened and changed.keys() & set(WORDING):
        QuestionVersion.objects.create(
            question=locked, version=locked.version, content=locked.wording, by=by
        )
        changed["version"] = locked.version + 1
    if "choices_fr" in changed:
        _follow_choices(locked, changed["choices_fr"])
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*changed])
    record("revise", locked, by=by, fields=sorted(changed))
    return locked


def _follow_choices(question: Question, after: str) -> None:
    """Before the opening choices may move: conditions on them follow the words, not the line."""
    new = lines(after)
    old = {str(number): words for number, words in enumerate(lines(question.choices_fr), 1)}
    for follower in question.followers.all():
        words = old.get(follower.shown_when)
        if words in new:
            follower.shown_when = str(new.index(words) + 1)
            follower.save(update_fields=["shown_when"])


@transaction.atomic
def retire(question: Question, *, by: User) -> Question:
    """Stop asking a question; the answers given stay."""
    return _ask(question, False, by=by)


@transaction.atomic
def ask_again(question: Question, *, by: User) -> Question:
    """Ask a retired question again."""
    return _ask(question, True, by=by)


def _ask(question: Question, asked: bool, *, by: User) -> Question:
    """Write whether it is asked, with its line of the trail."""
    locked = _locked(question, by=by)
    if not asked and locked.followers.filter(is_retired=False).exists():
        raise Refused(_("Other questions are asked after this one: change their conditions first."))
    if locked.is_retired == asked:
        locked.is_retired = not asked
        locked.save(update_fields=["is_retired"])
        record("ask again" if asked else "retire", locked, by=by)
    return locked


def refusal_to_remove(question: Question) -> str:
    """Why a question cannot be deleted, in a sentence; empty when it can."""
    if question.cycle.has_opened:
        return _("The cycle has opened: retire the question instead.")
    if question.followers.exists():
        return _("Other questions are asked after this one: change their conditions first.")
    return ""


@transaction.atomic
def remove(question: Question, *, by: User) -> None:
    """Delete a question that nobody can have answered."""
    locked = _locked(question, by=by)
    if sentence := refusal_to_remove(locked):
        raise Refused(sentence)
    record("remove", locked, by=by, old=locked.code)
    locked.delete()


def _locked(question: Question, *, by: User) -> Question:
    """The question as it is now, for an administrator alone."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = Question.objects.select_related("cycle").select_for_update(of=("self",))
    return rows.get(pk=question.pk)


@transaction.atomic
def reword(declaration: Declaration, *, by: User, **changes: Any) -> Declaration:
    """Change a declaration; another sentence after the opening is another version."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = Declaration.objects.select_related("cycle").select_for_update(of=("self",))
    locked = rows.get(pk=declaration.pk)
    changed = {name: new for name, new in changes.items() if getattr(locked, name) != new}
    if not changed:
        return locked
    if locked.cycle.has_opened and changed.keys() & {"text_fr", "text_en"}:
        changed["version"] = locked.version + 1
    old = {name: getattr(locked, name) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*changed])
    # The sentence that people ticked stays readable: the trail keeps it.
    record("reword", locked, by=by, before=old)
    return locked
