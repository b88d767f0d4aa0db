"""Whom an entry of the vault is about, in the words of this app: one place, so that no two pages name it differently."""

from applications.models import Application
from scholarships.models import Candidacy
from scholarships.vault.entries import About

IDENTIFICATION = "identification"  # auto-identification, for statistics alone
DECLARATION = "women_in_ai"  # the express declaration of Category 1
BUDGET = "budget"  # the table and the circumstances of Category 3
PROOF = "proof"  # of a budget, once shortlisted


def identification(application: Application) -> About:
    """What somebody said of themselves in this year; it serves no scholarship."""
    return About(IDENTIFICATION, identification_of(application.pk), person(application))


def identification_of(application: int) -> str:
    """The subject of what somebody said of themselves, by the key of their application: what is counted."""
    return f"applications.application:{application}"


def declaration(candidacy: Candidacy) -> About:
    """The declaration that makes somebody eligible for Category 1."""
    return _of(DECLARATION, candidacy)


def budget(candidacy: Candidacy) -> About:
    """The confidential budget of Category 3."""
    return _of(BUDGET, candidacy)


def proof(candidacy: Candidacy) -> About:
    """What proves it."""
    return _of(PROOF, candidacy)


def person(application: Application) -> int:
    """Whose application it is."""
    return application.applicant_id


def _of(kind: str, candidacy: Candidacy) -> About:
    return About(kind, f"scholarships.candidacy:{candidacy.pk}", person(candidacy.application))
