"""Whom a list can mean: the people of a cycle with a file at UdeM, as `matching` wants them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress

from cycles.models import Cycle, Program
from followup.models import Identity, UdemFile
from reconciliation.matching import Who
from reconciliation.telling import program_of

TO_FILE = "offer__decision__application"


def files_of(cycle: Cycle) -> list[UdemFile]:
    """Every file at UdeM of the cycle, with the person and the program; also what is kept from whoever asks.

    A line must not be taken for somebody else because the right person is hidden: verdicts are about all, pages are not.
    """
    rows = UdemFile.objects.filter(offer__decision__application__cycle=cycle)
    return list(rows.select_related("program", f"{TO_FILE}__applicant").order_by("pk"))


def segments() -> dict[str, list[str]]:
    """Our programs by the figures of their number, each with the segments that we know of it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for program in Program.objects.order_by("pk"):
        figures = "".join(sign for sign in program.udem_code if sign.isdigit())
        found[figures].append(program.udem_segment)
    return dict(found)


def people(files: Iterable[UdemFile], cycle: Cycle) -> list[Who]:
    """What tells who each of them is. Two queries."""
    born = {
        row.application_id: row.born_on
        for row in Identity.objects.filter(application__cycle=cycle).exclude(birth="")
    }
    addresses = EmailAddress.objects.filter(
        verified=True, user__applications__cycle=cycle
    ).values_list("user", "email")
    proven = {(user, email.casefold()) for user, email in addresses}
    known = segments()
    return [_who(row, born, proven, known) for row in files]


def _who(
    row: UdemFile,
    born: dict[int, date | None],
    proven: set[tuple[int, str]],
    known: dict[str, list[str]],
) -> Who:
    application = row.offer.decision.application
    person = application.applicant
    program = row.program
    return Who(
        row.pk,
        number=row.number,
        email=person.email,
        last=application.last_names,
        first=application.first_names,
        born=born.get(application.pk),
        program=program_of(program.udem_code, program.udem_segment, known),
        verified=(person.pk, person.email.casefold()) in proven,
    )
