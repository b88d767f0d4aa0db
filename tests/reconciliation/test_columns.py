"""Columns are guessed by their headings, remembered by them in any order, and asked where they are new."""

from reconciliation.columns import Meaning, guess, key_of, wanting
from tests.reconciliation.factories import HEADERS


def test_headings_are_known_without_accents_and_case() -> None:
    found = guess(HEADERS)
    assert found == {
        Meaning.NUMBER: "Matricule",
        Meaning.LAST: "Nom",
        Meaning.FIRST: "Prénom",
        Meaning.EMAIL: "Courriel",
        Meaning.BORN: "Date de naissance",
        Meaning.PROGRAM: "Programme",
        Meaning.SEGMENT: "Segment",
        Meaning.STATUS: "Statut",
        Meaning.STATUS_ON: "Date du statut",
        Meaning.FILED_ON: "Date de la demande",
    }
    english = guess(["STUDENT ID", "Last name", "First Name", "E-mail", "DATE OF BIRTH", "Status"])
    assert set(english) == {
        *(Meaning.NUMBER, Meaning.LAST, Meaning.FIRST, Meaning.EMAIL, Meaning.BORN, Meaning.STATUS)
    }


def test_longer_headings_are_known_by_their_part() -> None:
    assert guess(["Date de naissance (AAAA-MM-JJ)"]) == {
        Meaning.BORN: "Date de naissance (AAAA-MM-JJ)"
    }
    assert guess(["Quelque chose", "Remarques"]) == {}


def test_what_was_said_goes_before_what_is_guessed() -> None:
    remembered = {"statut": "", "etape": "status"}
    assert guess(["Statut", "Étape"], remembered) == {Meaning.STATUS: "Étape"}


def test_no_meaning_has_two_columns() -> None:
    assert guess(["Courriel", "E-mail"]) == {Meaning.EMAIL: "Courriel"}


def test_a_set_of_headings_is_known_in_any_order() -> None:
    assert key_of(HEADERS) == key_of([*reversed(HEADERS), ""])
    assert key_of(HEADERS) == key_of([header.upper() for header in HEADERS])
    assert key_of(HEADERS) != key_of([*HEADERS[1:], "No"])


def test_what_must_still_be_said() -> None:
    assert wanting({Meaning.NUMBER: "No", Meaning.STATUS: "Statut"}) == []
    assert wanting({Meaning.NUMBER: "No"}) == []
    assert len(wanting({Meaning.STATUS: "Statut"})) == 1
    assert len(wanting({Meaning.LAST: "Nom"})) == 2
    assert len(wanting({Meaning.EMAIL: "A", Meaning.STATUS: "A"})) == 1
