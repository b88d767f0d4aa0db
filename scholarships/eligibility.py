"""Whether somebody may apply in a round: from what they know of themselves and of their own file, and nothing else.

An answer that was not released to them plays no part, so that nothing here tells it early.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from followup.situation import Situation, State
from scholarships.models import Audience, Round


def why_not(row: Round, situation: Situation | None) -> str:
    """Why the person of this file may not apply in the round, in a sentence; empty when they may."""
    if situation is None or situation.application is None or not situation.application.is_filed:
        return _("This scholarship is for people whose application for admission is submitted.")
    return next(_against(row, situation, situation.application), "")


def _against(row: Round, situation: Situation, file: Application) -> Iterator[str]:
    if row.audience == Audience.ACCEPTED and not situation.is_admissible:
        yield _("This scholarship is for people whom Mila has selected.")
    if row.audience == Audience.REGISTERED and situation.state != State.REGISTERED:
        yield _("This scholarship is for people who are registered at UdeM.")
    programs = {program.pk for program in row.programs.all()}
    if programs and not programs & {program.pk for program in situation.programs}:
        yield _("This scholarship is for people of other programs than yours.")
    if row.countries and file.country not in row.countries:
        yield _(
            "This scholarship is for people who live in certain countries, and yours is not among them."
        )
    if row.levels and not file.degrees.filter(level__in=row.levels).exists():
        yield _("This scholarship is for people with a degree of another level than yours.")
