"""The six promises of reliability, each judged from what was seen, the database, the files and the mail server."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rehearsal import papers
from rehearsal.book import GIVEN_UP, STRICT, Book
from rehearsal.play import Play

HELD = (
    "SELECT s.receipt, d.sha256, d.file FROM applications_submission s"
    " LEFT JOIN applications_submission_documents j ON j.submission_id = s.id"
    " LEFT JOIN applications_document d ON d.id = j.document_id"
)
# A late pass gives somebody a later close; its grace is the cycle's.
TOO_LATE = (
    "SELECT s.receipt FROM applications_submission s"
    " JOIN applications_application a ON a.id = s.application_id JOIN cycles_cycle c ON c.id = a.cycle_id"
    " WHERE s.at > greatest(c.closes_at, a.late_until) + make_interval(mins => c.grace_minutes)"
)
TITLES: dict[str, str | Lazy] = {
    "P1": gettext_lazy("Confirmed means kept"),
    "P2": gettext_lazy("One acknowledgement, one notice of the answer"),
    "P3": gettext_lazy("Nothing shows early"),
    "P4": gettext_lazy("No half-done state"),
    "P5": gettext_lazy("A fair close"),
    "P6": gettext_lazy("Honest when something is away"),
}
STORY: str | Lazy = gettext_lazy("Everything else that was expected")


@dataclass
class Verdict:
    """Whether a promise held: what was counted, and each thing that broke it. `looked`: whether anything was."""

    name: str
    title: str | Lazy
    counted: str = ""
    looked: bool = True
    broken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing broke it."""
        return not self.broken


Judge = Callable[[Play, Book, Verdict], None]


def judge(play: Play, book: Book) -> list[Verdict]:
    """Every promise, and what else went wrong."""
    verdicts = []
    for name, function in JUDGES.items():
        verdict = Verdict(name, TITLES[name], broken=list(play.seen.wrongs[name]))
        verdict.notes += play.seen.notes[name]
        function(play, book, verdict)
        verdicts.append(verdict)
    other = [
        line for name, lines in play.seen.wrongs.items() if name not in JUDGES for line in lines
    ]
    counted = ngettext("%(count)s person applied", "%(count)s people applied", len(play.submitted))
    verdicts.append(Verdict("", STORY, counted % {"count": len(play.submitted)}, True, other))
    return verdicts


def kept(play: Play, book: Book, verdict: Verdict) -> None:
    """P1: each receipt that a browser showed is there, with every file as it was sent."""
    held: dict[str, dict[str, str]] = {}
    for receipt, sha256, name in play.stage.sql(HELD):
        held.setdefault(receipt, {}).update({sha256: name} if sha256 else {})
    seen = [one for one in play.seen.receipts if one.number not in play.seen.disposed]
    files = found = 0
    for one in seen:
        if one.receipt not in held:
            verdict.broken.append(f"{one.receipt} was seen by {one.person} and is not there.")
            continue
        found += 1
        for place, sha256 in one.digests.items():
            path = play.stage.folder / "files" / held[one.receipt].get(sha256, "-")
            if path.is_file() and papers.digest(path.read_bytes()) == sha256:
                files += 1
            else:
                verdict.broken.append(f"{one.receipt}: {place} is not what was sent.")
    verdict.looked = bool(seen)
    verdict.counted = play.seen.kept_until or _(
        "%(seen)s receipts seen, %(found)s kept; %(files)s files with the same SHA-256, %(back)s of them downloaded again"
    ) % {"seen": len(seen), "found": found, "files": files, "back": play.seen.read_back}


def once(play: Play, book: Book, verdict: Verdict) -> None:
    """P2: at the mail server each letter that matters is there once, and none twice."""
    book.settle()
    arrived = refused = 0
    for line in (line for letter in STRICT for line in book.of(letter)):
        times = book.arrived[line.message_id]
        arrived += times > 0
        refused += line.status in GIVEN_UP
        if not times and line.status not in GIVEN_UP:
            verdict.broken.append(
                f"{line.letter} for {line.address} did not arrive ({line.status})."
            )
    acknowledged = {line.key.partition(":")[2] for line in book.of("acknowledgement")}
    for one in play.seen.receipts:
        if one.receipt not in acknowledged:
            verdict.broken.append(f"{one.receipt} has no acknowledgement.")
    verdict.broken += [
        f"{line.letter} for {line.address} came {book.arrived[line.message_id]} times."
        for line in book.twice
    ]
    verdict.broken += [
        f"{message_id} is a letter that the product does not know." for message_id in book.unknown
    ]
    verdict.broken += [
        f"{line.letter} for {line.address} is called sent and never came." for line in book.lost()
    ]
    for kind in book.kinds():
        if kind.name in STRICT:
            verdict.broken += [f"{who} has more than one {kind.name}." for who in kind.more]
            verdict.broken += [f"{who} has no {kind.name}." for who in kind.missing]
    verdict.looked = bool(arrived)
    verdict.counted = _(
        "%(arrived)s acknowledgements and notices arrived; %(refused)s were refused by their address and are listed for the office; %(every)s letters in all"
    ) % {"arrived": arrived, "refused": refused, "every": sum(book.arrived.values())}


def never_early(play: Play, book: Book, verdict: Verdict) -> None:
    """P3: no page differs in the world where everybody is answered otherwise."""
    verdict.looked = bool(play.seen.compared)
    verdict.counted = _(
        "%(count)s pages, exports and headers compared with a world where everybody has another answer"
    ) % {"count": play.seen.compared}


def no_partial_state(play: Play, book: Book, verdict: Verdict) -> None:
    """P4: every invariant held each time that they were asked for."""
    checks = play.seen.checks
    verdict.broken += [f"{check.when}: {line}" for check in checks for line in check.broken]
    verdict.looked = bool(checks)
    times = ngettext(
        "Every invariant checked %(count)s time",
        "Every invariant checked %(count)s times",
        len(checks),
    )
    faults = ngettext("%(count)s fault", "%(count)s faults", len(play.seen.faults))
    verdict.counted = (
        f"{times % {'count': len(checks)}}; {faults % {'count': len(play.seen.faults)}}"
    )


def fair(play: Play, book: Book, verdict: Verdict) -> None:
    """P5: when a request reached the front server decided, to the millisecond."""
    for one in play.seen.sent:
        if one.accepted != (one.at <= one.last):
            late = (one.at - one.last).total_seconds()
            word = "taken" if one.accepted else "refused"
            verdict.broken.append(f"{one.person}: {word} {late:+.3f} s from the last moment.")
    for (receipt,) in play.stage.sql(TOO_LATE):
        verdict.broken.append(f"{receipt} came after the close and its grace.")
    taken = sum(one.accepted for one in play.seen.sent)
    verdict.looked = bool(play.seen.sent)
    verdict.counted = _(
        "%(sent)s submissions around the close and after it: %(taken)s taken, %(refused)s refused"
    ) % {"sent": len(play.seen.sent), "taken": taken, "refused": len(play.seen.sent) - taken}


def honest(play: Play, book: Book, verdict: Verdict) -> None:
    """P6: a page without its database says so, in the reader's language, and gives back what was typed."""
    languages = {person.key: person.language for person in play.applicants}
    for one in play.seen.outages:
        wrong = []
        if one.status != 503:
            wrong.append(f"status {one.status}")
        if one.language != languages.get(one.person, one.language):
            wrong.append(f"in the wrong language ({one.language})")
        if not one.kept:
            wrong.append("without what was typed")
        if one.received:
            wrong.append("says that it was received")
        if wrong:
            verdict.broken.append(f"{one.person}, {one.away or '-'} away: {', '.join(wrong)}")
    without = sum(play.seen.went_on.values())
    verdict.looked = bool(play.seen.outages or without)
    verdict.counted = _(
        "%(pages)s pages while the records were away; %(without)s submissions received while %(what)s were away"
    ) % {
        "pages": len(play.seen.outages),
        "without": without,
        "what": ", ".join(sorted(play.seen.went_on)) or "-",
    }


JUDGES: dict[str, Judge] = {
    "P1": kept,
    "P2": once,
    "P3": never_early,
    "P4": no_partial_state,
    "P5": fair,
    "P6": honest,
}
