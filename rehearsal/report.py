"""The report of a rehearsal: one HTML file that needs nothing else."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from notifications.catalogue import catalogue
from rehearsal.book import Book, Kind
from rehearsal.play import Play
from rehearsal.playing import Outcome

SHEET = Path(__file__).with_name("report.css")


def html(play: Play, book: Book, outcome: Outcome, language: str) -> str:
    """The page, in French or in English."""
    with override(language):
        titles = {name: str(entry.title) for name, entry in catalogue().items()}
        kinds = [(titles.get(kind.name, kind.name), kind, people(kind)) for kind in book.kinds()]
        context = {
            "language": language,
            # A file of ours, in a page that no server serves.
            "sheet": mark_safe(f"<style>\n{SHEET.read_text()}</style>"),  # noqa: S308
            "outcome": outcome,
            "code": play.cycle_code,
            "minutes": round(outcome.seconds / 60, 1),
            "applicants": len(play.applicants),
            "submitted": len(play.submitted),
            "days": [(gettext(day.sentence), day) for day in outcome.days],
            "kinds": kinds,
            "twice": book.twice,
            "unknown": book.unknown,
            "faults": play.seen.faults,
            "checks": play.seen.checks,
            "trouble": trouble(play),
            "people": per_person(play, book),
        }
        return render_to_string("rehearsal/report.html", context)


def people(kind: Kind) -> str:
    """At whom a kind of letter arrived more or less often than the story foresaw."""
    return ", ".join([*(f"− {who}" for who in kind.missing), *(f"+ {who}" for who in kind.more)])


def trouble(play: Play) -> list[tuple[str, int]]:
    """What the mail server refused or dropped, by kind."""
    log = play.stage.folder / "mail" / "trouble.log"
    words = log.read_text().split() if log.exists() else []
    return [(word, words.count(word)) for word in sorted(set(words))]


def per_person(play: Play, book: Book) -> list[tuple[str, str, str, dict[str, int]]]:
    """Each applicant: how they went about it, their receipt, and the letters that arrived by kind."""
    counts: dict[str, dict[str, int]] = {}
    for line in book.lines.values():
        mine = counts.setdefault(line.address.lower(), {})
        mine[line.letter] = mine.get(line.letter, 0) + book.arrived[line.message_id]
    return [
        (one.key, one.temper, one.receipt, counts.get(one.email.lower(), {}))
        for one in sorted(play.applicants, key=lambda one: one.key)
    ]
