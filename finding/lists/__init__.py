"""The office's lists, each with its filters and its columns: one way to keep, share and take away what they show."""

from finding.lists.decisions import DECISIONS
from finding.lists.figures import STATISTICS
from finding.lists.files import COMPLETENESS, FILES
from finding.lists.listed import Listed
from finding.lists.mail import MAIL
from finding.lists.people import PEOPLE

LISTS: dict[str, Listed] = {
    row.key: row for row in (FILES, COMPLETENESS, DECISIONS, PEOPLE, MAIL, STATISTICS)
}
