"""A unique string in every text of a file and of what hangs on it, whatever the app: found by the foreign keys."""

import itertools
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import Q

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from followup.models import UdemFile
from notifications.models import OutgoingEmail

# Names of ours, never words of a person; what a page or a verb could not do without.
OURS = frozenset(
    "number status kind slot sha256 token_sha256 seed file receipt zone notice_version revision key letter "
    "message_id verb subject about fingerprint birth".split()
)
# The free texts of a frozen content and of the lists kept with an application.
FREE = frozenset(
    "first_names last_names preferred_name pronouns phone email label institution title field credit_system "
    "other_languages code_example statement internship_goals circumstances course note grade name organisation "
    "role employer task what_fr what_en text_fr text_en".split()
)
SHORTEST = 8
DEPTH = 3
GUARDED = ("applications_submission", "audit_auditentry")


@dataclass(frozen=True)
class Mark:
    """One planted string, and where."""

    text: str
    place: str


class Planter:
    """Writes marks, and remembers them."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._next = itertools.count(1)

    def mark(self, place: str) -> str:
        """One more unique string: a word of eight letters and figures, which any search takes."""
        text = f"zqx{next(self._next):04d}k"
        self.marks.append(Mark(text, place))
        return text

    def address(self, place: str) -> str:
        """The same as an e-mail address."""
        return f"{self.mark(place)}@canary.example"

    def in_data(self, value: Any, place: str, key: str = "") -> Any:
        """A copy of plain data with every free text replaced."""
        if isinstance(value, dict):
            return {k: self.in_data(v, f"{place}.{k}", k) for k, v in value.items()}
        if isinstance(value, list):
            return [self.in_data(one, place, key) for one in value]
        if not isinstance(value, str) or key not in FREE:
            return value
        return self.address(place) if key == "email" else self.mark(place)

    def in_row(self, row: models.Model) -> None:
        """Every free text of a row; what a constraint refuses stays as it was."""
        for one in row._meta.concrete_fields:
            place = f"{row._meta.label}.{one.name}"
            if one.name in OURS or one.choices or isinstance(one, models.FileField):
                continue
            value: Any
            if isinstance(one, models.JSONField):
                value = self.in_data(getattr(row, one.attname), place)
            elif isinstance(one, models.EmailField):
                value = self.address(place)
            elif isinstance(one, models.CharField | models.TextField) and (
                one.max_length is None or one.max_length >= SHORTEST
            ):
                value = self.mark(place)
            else:
                continue
            self._write(row, one.attname, value)

    def _write(self, row: models.Model, name: str, value: Any) -> None:
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{name: value})
        except (IntegrityError, DataError):
            self.marks = [mark for mark in self.marks if mark.text not in str(value)]


def belonging(model: type[models.Model], ids: set[Any], depth: int = DEPTH) -> list[models.Model]:
    """These rows, and every row that hangs on them by a foreign key."""
    if not ids:
        return []
    rows: list[models.Model] = list(model._default_manager.filter(pk__in=ids))
    for link in model._meta.related_objects if depth else ():
        if not link.many_to_many:
            held = link.related_model._default_manager.filter(**{f"{link.field.name}__in": ids})
            keys = set(held.values_list("pk", flat=True))
            rows += belonging(link.related_model, keys, depth - 1)
    return rows


def plant(owner: User) -> list[Mark]:
    """Marks in all that belongs to this applicant: account, files, and the lines of the ledgers about them."""
    planter = Planter()
    with connection.cursor() as cursor:
        # What is frozen is guarded by triggers; planting is not a thing that the product does.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        files = set(Application.objects.filter(applicant=owner).values_list("pk", flat=True))
        Application.objects.filter(pk__in=files).update(
            jobs=[{"role": "a", "employer": "b", "task": "c", "start_year": 2020, "current": True}]
        )
        rows = [owner, *belonging(Application, files)]
        for row in rows:
            planter.in_row(row)
        subjects = [f"{row._meta.label_lower}:{row.pk}" for row in rows]
        for entry in AuditEntry.objects.filter(subject__in=subjects):
            told = {**entry.details, "canary": planter.mark(f"details of {entry.verb}")}
            AuditEntry.objects.filter(pk=entry.pk).update(
                why=planter.mark(f"why of {entry.verb}"), details=told
            )
        about = Q(about__in=subjects)
        for letter in OutgoingEmail.objects.filter(about):
            OutgoingEmail.objects.filter(pk=letter.pk).update(
                subject=planter.mark(f"subject of {letter.letter}"),
                text=planter.mark(f"text of {letter.letter}"),
            )
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return planter.marks


def plant_number() -> Mark:
    """A UdeM number: the planter leaves what is called a number alone, since a file's own shows everywhere."""
    mark = Mark("zqxnumber9k", "followup.UdemFile.number")
    assert UdemFile.objects.exclude(number="").update(number=mark.text) == 1
    return mark
