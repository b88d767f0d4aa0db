"""The wall in words: for each thing that a category asks, who reads it, who never does, and until when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from scholarships.models import Category, Round


@dataclass(frozen=True)
class Told:
    """One thing that the person gives."""

    what: str
    who: str
    never: str
    until: str


def wall(row: Round) -> list[Told]:
    """What this round's pages say, in the order in which it is asked."""
    panel = _(
        "The panel of this scholarship, by number, once the decision on your admission is made."
    )
    admission = _("Nobody who reads or decides on admission, before that decision.")
    kept = _("Kept with your application for this scholarship.")
    found = [Told(_("That you apply"), panel, admission, kept)]
    found.append(Told(_("Your statement"), panel, admission, kept))
    files = [
        name
        for asked, name in ((row.asks_cv, _("CV")), (row.asks_transcripts, _("transcripts")))
        if asked
    ]
    if files:
        what = _("On file: %(files)s") % {"files": ", ".join(files)}
        found.append(Told(what, _("The panel, from what you submitted for admission."), "—", kept))
    return [*found, *_confided(row)]


def _confided(row: Round) -> list[Told]:
    """What is told in confidence."""
    nobody = _("Nobody of admission, nobody of the panel, no coordinator, no director.")
    erased = _("Until you erase it: at once, at any time, also after the close.")
    if row.category == Category.WOMEN_IN_AI:
        who = _(
            "You. The EDI officer, only with a stated reason that you can read in “My file”. "
            "The panel is told “eligible: yes or no”."
        )
        return [Told(_("Your declaration"), who, nobody, erased)]
    if row.category == Category.SOCIOECONOMIC:
        who = _(
            "You. The EDI officer, with a stated reason that you can read in “My file”, who tells the panel "
            "a number from 1 to 5."
        )
        officer, proof = _("You. The EDI officer, with a stated reason."), _("Nobody else.")
        asked = _("A proof, only if you are shortlisted")
        return [
            Told(_("Your budget and circumstances"), who, nobody, erased),
            Told(asked, officer, proof, erased),
        ]
    return []
