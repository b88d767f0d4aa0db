"""The steps of the form, in order: their address, their title, their form."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.answers import questions_for
from applications.completeness import Missing
from applications.forms.experience import ExperienceForm
from applications.forms.prerequisites import PrerequisitesForm
from applications.forms.program import ProgramForm
from applications.forms.questions import QuestionsForm
from applications.forms.statement import StatementForm
from applications.forms.studies import StudiesForm
from applications.forms.you import YouForm
from applications.models import Application


@dataclass(frozen=True)
class Step:
    """One page of the form. Documents and referees have no form of their own: each is sent alone."""

    slug: str
    title: str | Promise
    form: Any = None

    @property
    def template(self) -> str:
        """What the page shows of its form."""
        return f"applications/steps/{self.slug}.html"

    def is_for(self, application: Application) -> bool:
        """Whether this person meets this step: the cycle's own questions, only if there are any for them."""
        return self.form is not QuestionsForm or bool(questions_for(application))


STEPS = (
    Step("you", gettext_lazy("You"), YouForm),
    Step("program", gettext_lazy("Program"), ProgramForm),
    Step("studies", gettext_lazy("Studies"), StudiesForm),
    Step("prerequisites", gettext_lazy("Prerequisites"), PrerequisitesForm),
    Step("experience", gettext_lazy("Experience and languages"), ExperienceForm),
    Step("statement", gettext_lazy("Letter of intent"), StatementForm),
    Step("questions", gettext_lazy("Questions"), QuestionsForm),
    Step("documents", gettext_lazy("Documents")),
    Step("referees", gettext_lazy("Referees")),
)
BY_SLUG = {step.slug: step for step in STEPS}


def steps_of(application: Application) -> list[Step]:
    """The steps that this person meets, in order."""
    return [step for step in STEPS if step.is_for(application)]


def neighbours(application: Application, slug: str) -> tuple[Step | None, Step | None]:
    """The step before and the step after; None at the ends."""
    steps = steps_of(application)
    index = [step.slug for step in steps].index(slug)
    before = steps[index - 1] if index else None
    after = steps[index + 1] if index + 1 < len(steps) else None
    return before, after


def address(application: Application, slug: str) -> str:
    """The page of a step."""
    return reverse("application_step", args=[application.number, slug])


def thread(application: Application, lacks: list[Missing], here: str) -> list[dict[str, Any]]:
    """The steps as a thread for `components/fil.html`: what is done, where you are, what lacks."""
    nodes = []
    for step in steps_of(application):
        count = sum(item.step == step.slug for item in lacks)
        text = ngettext("%(count)s thing missing", "%(count)s things missing", count) % {
            "count": count
        }
        nodes.append(
            {
                "state": "now" if step.slug == here else ("" if count else "done"),
                "title": step.title,
                "text": text if count else _("Complete"),
                "url": address(application, step.slug),
                "current": step.slug == here,
            }
        )
    last = _("After the other steps") if lacks else _("Ready")
    nodes.append(
        {
            "state": "now" if here == "review" else "",
            "title": _("Check and submit"),
            "text": last,
            "url": reverse("application_review", args=[application.number]),
            "current": here == "review",
        }
    )
    return nodes
