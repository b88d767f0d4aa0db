"""What happens on each day, for the report in French: the first lines of the days' own docstrings, where translators find them."""

from django.utils.translation import gettext_noop

from rehearsal.year.sentences import OF_THE_YEAR

SENTENCES = (
    gettext_noop(
        "The cycle is announced and not open: nobody can begin an application, not even by sending the form."
    ),
    gettext_noop("The first people apply on the first morning, several at once."),
    gettext_noop(
        "More people apply; some come back, read their receipt and what they sent, and change it before the close."
    ),
    gettext_noop(
        "Bad files are refused with a reason, header lines stay words, other people's files do not exist."
    ),
    gettext_noop(
        "PostgreSQL, the broker, the mail server, the worker, the timetable and the web server are killed in turn."
    ),
    gettext_noop(
        "Five hours before the close people click twice, open two tabs, lose the line and try again, while things die."
    ),
    gettext_noop(
        "The last people press the button within seconds of the close; when their request came in decides, for everyone."
    ),
    gettext_noop(
        "Whoever still has the form open sends it a day later: it is refused, and nothing changes."
    ),
    gettext_noop("Most referees send a letter, some decline, some never answer."),
    gettext_noop(
        "Each page of an applicant is the same in a world where everybody has another answer."
    ),
    *OF_THE_YEAR,
)
