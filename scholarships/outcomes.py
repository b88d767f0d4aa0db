"""What its person is told of an application that was answered: the award where there is one, else the result once it is shown.

Nothing of a result is told before its day: a result that is not shown is none here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cycles.typography import moment_text
from scholarships.models import Award, Candidacy, Result


@dataclass(frozen=True)
class Outcome:
    """The answer in a line, and the page that says more; `kind` is `award` or what the result says, urgent ones want a reply."""

    line: str
    link: str
    label: str
    kind: str
    is_urgent: bool = False
    is_kept: bool = False


def outcome_of(candidacy: Candidacy, at: datetime) -> Outcome | None:
    """The answer that this person may know; None before there is one."""
    award = getattr(candidacy, "award", None)
    if award is not None:
        waits = award.status == Award.Status.OFFERED and not award.has_lapsed(at)
        link = reverse("award", args=[candidacy.number])
        label = _("Reply to the offer") if waits else _("My award")
        return Outcome(
            _of_award(award, at), link, label, "award", waits, award.status in Award.KEPT
        )
    result = getattr(candidacy, "result", None)
    if result is None or result.status != Result.Status.SHOWN:
        return None
    link = reverse("scholarship_result")
    return Outcome(_of_result(result), link, _("The answer"), result.outcome)


def _of_award(award: Award, at: datetime) -> str:
    if award.has_lapsed(at):
        return _("The last moment to reply to the award has passed.")
    return {
        Award.Status.OFFERED: _("You are offered an award: reply by %(moment)s.")
        % {"moment": moment_text(award.reply_by)},
        Award.Status.ACCEPTED: _(
            "You accepted the award: it is confirmed once Université de Montréal has registered you."
        ),
        Award.Status.CONFIRMED: _("Your award is confirmed by your registration."),
        Award.Status.DECLINED: _("The award was declined or given up."),
        Award.Status.LAPSED: _("The award has lapsed."),
    }[Award.Status(award.status)]


def _of_result(result: Result) -> str:
    if result.outcome == Result.Outcome.WAITLISTED:
        return _("You are on the waitlist of this scholarship.")
    if result.outcome == Result.Outcome.AWARDED:
        return _("The panel chose you, but the award could not be offered.")
    return _("You are not offered this scholarship.")


def award_ending_with(candidacy: Candidacy) -> Award | None:
    """The award that this person loses with the application, or with the declaration that it rests on; None without one."""
    return Award.objects.standing().filter(candidacy=candidacy).first()
