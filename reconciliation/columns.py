"""What each column of a list means: guessed from its heading, remembered, settled by a person."""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reconciliation.folding import key, words


class Meaning(StrEnum):
    """What a column can tell."""

    NUMBER = "number"
    EMAIL = "email"
    LAST = "last"
    FIRST = "first"
    FULL = "full"
    BORN = "born"
    PROGRAM = "program"
    SEGMENT = "segment"
    STATUS = "status"
    STATUS_ON = "status_on"
    FILED_ON = "filed_on"
    DOCUMENTS = "documents"
    DOCUMENTS_DUE_ON = "documents_due_on"
    CONDITION = "condition"
    CONDITION_MET_ON = "condition_met_on"
    DECIDED_ON = "decided_on"
    ACCEPT_BY = "accept_by"
    ACCEPTED = "accepted"
    ACCEPTED_ON = "accepted_on"
    REGISTERED = "registered"
    REGISTERED_ON = "registered_on"


LABELS: dict[Meaning, str | Promise] = {
    Meaning.NUMBER: _("UdeM number"),
    Meaning.EMAIL: _("E-mail address"),
    Meaning.LAST: _("Last names"),
    Meaning.FIRST: _("First names"),
    Meaning.FULL: _("Whole name, in one column"),
    Meaning.BORN: _("Date of birth"),
    Meaning.PROGRAM: _("Program number"),
    Meaning.SEGMENT: _("Segment"),
    Meaning.STATUS: _("State of the application"),
    Meaning.STATUS_ON: _("Date of the state"),
    Meaning.FILED_ON: _("Filed on"),
    Meaning.DOCUMENTS: _("Documents missing"),
    Meaning.DOCUMENTS_DUE_ON: _("Documents due on"),
    Meaning.CONDITION: _("Condition of the admission"),
    Meaning.CONDITION_MET_ON: _("Condition met on"),
    Meaning.DECIDED_ON: _("UdeM’s answer of"),
    Meaning.ACCEPT_BY: _("UdeM’s offer to accept by"),
    Meaning.ACCEPTED: _("UdeM’s offer accepted (yes or no)"),
    Meaning.ACCEPTED_ON: _("UdeM’s offer accepted on"),
    Meaning.REGISTERED: _("Registered (yes or no)"),
    Meaning.REGISTERED_ON: _("Registered on"),
}
DATES = (*(one for one in Meaning if one.endswith(("_on", "_by"))), Meaning.BORN)
WHO = (Meaning.NUMBER, Meaning.EMAIL, Meaning.LAST, Meaning.FULL)
TELLING = tuple(
    one
    for one in Meaning
    if one not in (*WHO, Meaning.FIRST, Meaning.BORN, Meaning.PROGRAM, Meaning.SEGMENT)
)
# Headings as lists write them, French and English, folded. The first meaning that fits a heading whole has it.
KNOWN: dict[Meaning, tuple[str, ...]] = {
    Meaning.NUMBER: (
        *("matricule", "matricule udem", "no matricule", "numero matricule", "matricule etudiant"),
        *("numero udem", "no udem", "udem number", "student number", "student id", "emplid", "id"),
        *(
            "numero d etudiant",
            "numero etudiant",
            "numero de dossier",
            "no dossier",
            "application number",
        ),
        *("no demande", "numero de demande", "numero de demande d admission"),
    ),
    Meaning.EMAIL: (
        *(
            "courriel",
            "adresse courriel",
            "email",
            "e mail",
            "mail",
            "email address",
            "e mail address",
        ),
        *("courriel personnel", "adresse de courriel", "adresse electronique", "personal email"),
    ),
    Meaning.LAST: (
        *("nom", "noms", "nom de famille", "noms de famille", "last name", "last names", "surname"),
        *("family name", "nom legal"),
    ),
    Meaning.FIRST: ("prenom", "prenoms", "first name", "first names", "given name", "given names"),
    Meaning.FULL: (
        "nom complet",
        "nom et prenom",
        "nom prenom",
        "full name",
        "name",
        "candidat",
        "etudiant",
    ),
    Meaning.BORN: (
        *("date de naissance", "naissance", "date naissance", "ne e le", "nee le", "ne le", "ddn"),
        *("birth date", "birthdate", "date of birth", "dob"),
    ),
    Meaning.PROGRAM: (
        *(
            "programme",
            "code programme",
            "code de programme",
            "no programme",
            "numero de programme",
        ),
        *("program", "program code", "program number", "prog"),
    ),
    Meaning.SEGMENT: ("segment", "code segment", "sous plan", "option", "subplan"),
    Meaning.STATUS: (
        *(
            "statut",
            "statut de la demande",
            "statut demande",
            "etat",
            "etat de la demande",
            "status",
        ),
        *("application status", "decision", "statut admission", "statut d admission", "state"),
    ),
    Meaning.STATUS_ON: (
        *(
            "date du statut",
            "date statut",
            "date de statut",
            "date d effet",
            "date effet",
            "date etat",
        ),
        *("date de l etat", "status date", "date of status", "effective date"),
    ),
    Meaning.FILED_ON: (
        *("date de la demande", "date demande", "date de depot", "date depot", "depose le"),
        *("application date", "filed on", "date filed", "date de demande"),
    ),
    Meaning.DOCUMENTS: (
        *("documents manquants", "documents requis", "pieces manquantes", "documents en attente"),
        *("missing documents", "documents outstanding", "outstanding documents", "taches"),
    ),
    Meaning.DOCUMENTS_DUE_ON: (
        *("documents dus le", "echeance documents", "date limite documents", "documents due"),
        *("documents due on", "documents avant le"),
    ),
    Meaning.CONDITION: ("condition", "conditions", "condition d admission", "admission condition"),
    Meaning.CONDITION_MET_ON: ("condition remplie le", "condition levee le", "condition met on"),
    Meaning.DECIDED_ON: (
        *("date de decision", "date decision", "decision le", "date de l offre", "decision date"),
        *("admission date", "date d admission", "date de reponse udem"),
    ),
    Meaning.ACCEPT_BY: (
        *("a accepter avant", "accepter avant", "accepter avant le", "date limite de reponse"),
        *(
            "date limite reponse",
            "date limite d acceptation",
            "accept by",
            "reply by",
            "reply deadline",
        ),
    ),
    Meaning.ACCEPTED: ("acceptee", "accepte", "offre acceptee", "accepted", "offer accepted"),
    Meaning.ACCEPTED_ON: (
        *("date de reponse", "date reponse", "date d acceptation", "acceptee le", "accepted on"),
        *("offre acceptee le", "acceptance date", "date acceptation"),
    ),
    Meaning.REGISTERED: (
        "inscrit",
        "inscrite",
        "inscription",
        "registered",
        "enrolled",
        "inscrit e",
    ),
    Meaning.REGISTERED_ON: (
        "date d inscription",
        "date inscription",
        "inscrit le",
        "registered on",
    ),
}
NAMED = {heading: meaning for meaning, headings in KNOWN.items() for heading in headings}
Columns = dict[Meaning, str]


def key_of(headers: Iterable[str]) -> str:
    """64 hexadecimal digits that stand for a set of headings, whatever their order and spelling."""
    said = "\n".join(sorted(key(header) for header in headers if header))
    return hashlib.sha256(said.encode()).hexdigest()


def guess(headers: Iterable[str], remembered: Mapping[str, str] | None = None) -> Columns:
    """Which heading tells what: as it was said before of each heading, else by its words; never two for one."""
    earlier = remembered or {}
    found: Columns = {}
    named = [header for header in headers if header]
    for header in named:
        said = earlier.get(key(header), NAMED.get(key(header), ""))
        if said and Meaning(said) not in found:
            found[Meaning(said)] = header
    for header in named:
        near = (
            _near(header) if key(header) not in earlier and header not in found.values() else None
        )
        if near and near not in found:
            found[near] = header
    return found


def _near(header: str) -> Meaning | None:
    """The one meaning whose known heading is part of this one; None when there are several, or none."""
    said = set(words(header))
    fits = {
        meaning: max(len(words(one)) for one in known)
        for meaning, headings in KNOWN.items()
        if (known := [one for one in headings if len(words(one)) > 1 and set(words(one)) <= said])
    }
    most = max(fits.values(), default=0)
    best = [meaning for meaning, length in fits.items() if length == most]
    return best[0] if len(best) == 1 else None


def wanting(columns: Mapping[Meaning, str]) -> list[str | Promise]:
    """What must still be said before people can be found and anything told of them."""
    said: list[str | Promise] = []
    if not any(one in columns for one in WHO):
        said.append(_("Say which column tells who it is: a number, an e-mail address or a name."))
    if Meaning.LAST in columns and Meaning.FIRST not in columns:
        said.append(
            _("Say which column holds the first names, or that the whole name is in one column.")
        )
    if not any(one in columns for one in (*TELLING, Meaning.NUMBER)):
        said.append(_("Say which column tells how far the application is."))
    if len(set(columns.values())) < len(columns):
        said.append(_("One column cannot tell two things."))
    return said
