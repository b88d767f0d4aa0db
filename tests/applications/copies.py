"""Many whole drafts at little cost: rows copied from one that was made through the verbs."""

from typing import Any

from accounts.models import User
from applications.models import Application, Choice, Degree, Document
from applications.models.application import new_number


def copies(original: Application, count: int, name: str = "copy") -> list[Application]:
    """As many drafts of as many new people, each as whole as the original."""
    original.refresh_from_db()
    people = User.objects.bulk_create(
        User(email=f"{name}{index}@example.org", language="fr") for index in range(count)
    )
    made = []
    for person in people:
        row = Application.objects.get(pk=original.pk)
        row.pk, row._state.adding = None, True
        row.applicant, row.number = person, f"{row.cycle.code}-{new_number()}"
        made.append(row)
    Application.objects.bulk_create(made)
    _copy(original.choices.all(), Choice, made)
    old, new = list(original.degrees.all()), _copy(original.degrees.all(), Degree, made)
    documents = []
    for index, row in enumerate(made):
        own = new[index * len(old) : (index + 1) * len(old)]
        slots = {f"transcript-{a.pk}": f"transcript-{b.pk}" for a, b in zip(old, own, strict=True)}
        for document in original.documents.all():
            document.pk, document.application = None, row
            document.slot = slots.get(document.slot, document.slot)
            documents.append(document)
    Document.objects.bulk_create(documents)
    return made


def _copy(rows: Any, model: Any, owners: list[Application]) -> list[Any]:
    """The same rows again for each owner, in the order of the owners."""
    fresh = []
    for owner in owners:
        for row in rows.all():
            row.pk, row.application = None, owner
            fresh.append(row)
    created: list[Any] = model.objects.bulk_create(fresh)
    return created
