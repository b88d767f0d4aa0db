"""A cycle's form as an applicant will meet it, for administrators: somebody who does not exist fills it in.

The applicant's own pages draw it, so that the preview cannot differ from the form. Their person, their draft and the
published cycle exist only inside a transaction that is always taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import get_language

from accounts.models import User
from applications.models import Application, Choice, Degree
from applications.models.application import new_number
from applications.models.degree import Teaching
from cycles.models import Cycle, Program, Question

# A name is not translated: it is what one reads in the fields.
FIRST, LAST = "Alex", "Exemple"


@dataclass
class Preview:
    """What the administrator wants to see: which programs are asked for, which answers were given."""

    cycle: Cycle
    programs: list[Program]
    answers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, cycle: Cycle, query: Any) -> "Preview":
        """From the address; without a choice, the first program."""
        offered = list(cycle.programs.all())
        chosen = [program for program in offered if program.code in query.getlist("program")]
        known = set(cycle.questions.values_list("code", flat=True))
        told = (part.partition(":") for part in query.getlist("answer"))
        answers = {code: value for code, _colon, value in told if code in known and value}
        return cls(cycle, chosen or offered[:1], answers)

    @property
    def offered(self) -> list[tuple[Program, bool]]:
        """Every program of the cycle, and whether this applicant asks for it."""
        return [(program, program in self.programs) for program in self.cycle.programs.all()]

    @property
    def deciding(self) -> list[tuple[Question, list[tuple[str, str, bool]]]]:
        """The questions on whose answer others depend, with each answer and whether it was given."""
        asked = self.cycle.questions.filter(is_retired=False, followers__is_retired=False)
        return [
            (
                question,
                [
                    (f"{question.code}:{value}", text, self.answers.get(question.code) == value)
                    for value, text in question.answers
                ],
            )
            for question in asked.distinct()
        ]

    @contextmanager
    def draft(self) -> Iterator[Application]:
        """The draft of a person who does not exist, in the cycle as if published; gone at the end."""
        with transaction.atomic():
            Cycle.objects.filter(pk=self.cycle.pk).update(is_published=True)
            number = f"{self.cycle.code}-{new_number()}"
            nobody = User.objects.create(
                email=f"{number.lower()}@preview.invalid",
                full_name=f"{FIRST} {LAST}",
                language=get_language() or "fr",
            )
            application = Application.objects.create(
                applicant=nobody,
                cycle=self.cycle,
                number=number,
                # Steps that write to people want a name first.
                first_names=FIRST,
                last_names=LAST,
                answers={code: {"value": value} for code, value in self.answers.items()},
            )
            for rank, program in enumerate(self.programs, 1):
                Choice.objects.create(application=application, program=program, rank=rank)
            # Taught in a third language, so that every document that hangs on a degree is asked.
            Degree.objects.create(application=application, language=Teaching.OTHER)
            yield application
            transaction.set_rollback(True)

    @property
    def moment(self) -> Any:
        """A moment at which the cycle takes applications."""
        return self.cycle.opens_at + timedelta(seconds=1)


def redirected(content: str, links: dict[str, str]) -> str:
    """The page with the draft's addresses led back to the preview; its number occurs nowhere else."""
    for old, new in links.items():
        content = content.replace(f'"{old}', f'"{escape(new)}')
    return content
