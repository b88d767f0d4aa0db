"""What each kind of letter is called on the staff's pages."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LETTERS: dict[str, Promise] = {
    "acknowledgement": _("Acknowledgement of receipt"),
    "draft_reminder": _("Reminder of a draft"),
    "withdrawn": _("Application withdrawn"),
    "restored": _("Withdrawal undone"),
    "late_pass": _("Leave to submit late"),
    "late_pass_ended": _("Leave to submit late taken back"),
    "piece_asked": _("Piece asked for"),
    "piece_reminder": _("Reminder of a piece"),
    "piece_received": _("Piece received"),
    "piece_refused": _("Piece refused, and asked again"),
    "piece_cancelled": _("Request of a piece cancelled"),
    "message_waiting": _("A message waits"),
    "file_closed": _("Closed as incomplete"),
    "file_taken_up": _("Taken up again"),
    "accounts_joined": _("Accounts joined or separated"),
    "reference_request": _("Request of a letter of reference"),
    "reference_reminder": _("Reminder to a referee"),
    "reference_thanks": _("Thanks to a referee"),
    "reference_ended": _("A letter of reference is no longer needed"),
    "reference_received": _("A letter of reference came"),
    "reference_declined": _("A referee declined"),
    "reading_due": _("Files to read"),
    "reading_reminder": _("Reminder to a reader"),
    "reading_digest": _("The week of a reader"),
    "decision_available": _("An answer is there"),
    "offer_accepted": _("Offer accepted"),
    "offer_declined": _("Offer declined"),
    "udem_filed": _("UdeM application noted"),
    "sign_in_code": _("Code to sign in"),
    "address_code": _("Code for an address"),
    "password_code": _("Code for a password"),
    "no_account": _("No account at this address"),
    "account_changed": _("A change of an account"),
}


def name_of(letter: str) -> Any:
    """In plain words; a letter that is new here by the name of its text."""
    return LETTERS.get(letter) or letter.replace("_", " ")
