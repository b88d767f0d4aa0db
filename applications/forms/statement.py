"""Step 4: the letter of intent, and the internship's goals."""

from django.utils.translation import gettext_lazy

from applications.forms.draft import CountedText, DraftForm
from applications.models.application import GOALS_LIMIT, STATEMENT_LIMIT


class StatementForm(DraftForm):
    """Two texts, counted alike here and in the browser."""

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
            "For the M.Sc.: the kind of work and organisation that you hope for. At most 1,000 characters."
        ),
    )

    class Meta(DraftForm.Meta):
        fields = ["statement", "internship_goals"]
