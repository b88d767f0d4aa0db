"""Addresses that letters do not reach: whose they are, what was said there last, what came back."""

from dataclasses import dataclass

from accounts.models import User
from desk.mail import seen_by
from desk.mail_reading import Line, lines_of
from notifications.models import OutgoingEmail
from notifications.reach import unreached

BOUNCED = OutgoingEmail.Status.BOUNCED


@dataclass(frozen=True)
class Unreached:
    """One address, by the last letter that it was sent."""

    line: Line
    letters: int  # that can be sent again: of a secret nothing is left to send

    @property
    def corrected(self) -> bool:
        """Whether this person has another address by now: only the letters are left to send again."""
        now = self.line.owner.email
        return bool(now) and now.lower() != self.line.letter.address.lower()


def unreached_by(user: User) -> list[Unreached]:
    """The addresses that do not work, of those that this person may see, the last failure first."""
    by_address: dict[str, list[OutgoingEmail]] = {}
    for letter in unreached(seen_by(user)).defer("text"):
        by_address.setdefault(letter.address.lower(), []).append(letter)
    lines = lines_of(letters[0] for letters in by_address.values())
    return [
        Unreached(line, sum(row.status == BOUNCED and not row.secret for row in letters))
        for line, letters in zip(lines, by_address.values(), strict=True)
    ]
