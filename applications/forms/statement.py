"""Step 6: the letter of intent, the internship's goals, and what a reader should know besides."""

from typing import Any

from django.utils.translation import gettext_lazy

from applications.forms.draft import DraftForm
from applications.forms.text import CountedText
from applications.forms.widgets import select
from applications.models.application import (
    CIRCUMSTANCES_LIMIT,
    GOALS_LIMIT,
    STATEMENT_LIMIT,
    Source,
)


class StatementForm(DraftForm):
    """Texts, counted alike here and in the browser."""

    reads = ("choices",)
    optional = ("circumstances", "heard_from")

    statement = CountedText(
        label=gettext_lazy("Letter of intent"),
        limit=STATEMENT_LIMIT,
        rows=14,
        help_text=gettext_lazy(
            "Why this program, why now, and what you have done that leads to it. At most 3,000 characters."
        ),
    )
    internship_goals = CountedText(
        label=gettext_lazy("Internship goals"),
        limit=GOALS_LIMIT,
        rows=6,
        help_text=gettext_lazy(
            "The kind of work and organisation that you hope for. At most 1,000 characters."
        ),
    )
    circumstances = CountedText(
        label=gettext_lazy("Circumstances"),
        limit=CIRCUMSTANCES_LIMIT,
        rows=5,
        help_text=gettext_lazy(
            "An interruption, an illness, a move, care for somebody: what helps to read your path fairly. "
            "The people who read your file see it. At most 1,500 characters."
        ),
    )
    heard_from = select(
        gettext_lazy("How did you hear of the program?"),
        Source.choices,
        help_text=gettext_lazy("For our statistics. The people who read your file do not see it."),
    )

    class Meta(DraftForm.Meta):
        fields = ["statement", "internship_goals", "circumstances", "heard_from"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked of those only whose program has an internship; what was written before a change of mind is kept.
        if not self.instance.asks_internship:
            del self.fields["internship_goals"]
