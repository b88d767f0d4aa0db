"""What scholarships tell on the pages of the file: what ends with it, and the letter that proves the funds. For its person alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.leaving import ends_with_it
from applications.models import Application
from permits.funds import Proof, proves_funds
from scholarships.models import Award, Candidacy
from scholarships.money import money_text


@ends_with_it
def what_ends_of_scholarships(application: Application) -> Iterator[str]:
    """One line: the awards that stand, or else the applications that are in."""
    awards = Award.objects.standing().filter(candidacy__application=application)
    if awards:
        amounts = ", ".join(money_text(award.amount) for award in awards)
        yield _("Your scholarship award ends with it: %(amount)s.") % {"amount": amounts}
    elif count := Candidacy.objects.submitted().filter(application=application).count():
        yield ngettext(
            "Your scholarship application can then bring no award.",
            "Your scholarship applications can then bring no award.",
            count,
        )


@proves_funds
def letters_of_award(application: Application) -> Iterator[Proof]:
    """The letter of each award that its person accepted, while it stands."""
    kept = Award.objects.filter(candidacy__application=application, status__in=Award.KEPT)
    for award in kept.select_related("candidacy").order_by("pk"):
        number = award.candidacy.number
        yield Proof(
            _("Your letter of award"),
            _("Your scholarship, %(amount)s, counts among your funds: this letter states it.")
            % {"amount": money_text(award.amount)},
            reverse("award_letter_file", args=[number, "fr"]),
            reverse("award_letter_file", args=[number, "en"]),
        )
