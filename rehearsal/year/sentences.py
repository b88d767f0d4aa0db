"""What happens on each day of the year, for the report in French: the days' own docstrings, where translators find them."""

from django.utils.translation import gettext_noop

OF_THE_YEAR = (
    gettext_noop(
        "On the day after the close, the administrator makes two rounds and publishes them; some people apply for each."
    ),
    gettext_noop(
        "The office looks through the files that are in: a piece is asked of some, the others are complete; two people write."
    ),
    gettext_noop(
        "What was asked for is sent, by one in the last minutes of its day; what will do is accepted, one is asked for again."
    ),
    gettext_noop(
        "Readers say whom they are close to; the office judges what the comparison finds, and says what each one takes."
    ),
    gettext_noop(
        "A file whose piece never came is closed with a reason; what came at the last minute is accepted, and the rest complete."
    ),
    gettext_noop(
        "The office has the best plan worked out, looks at it and applies it; a reader finds a person they know, and says so."
    ),
    gettext_noop("Most readers read all they have; one half of it; one opens nothing."),
    gettext_noop(
        "Those who are behind are reminded; what the one who stopped had goes back, and a second plan gives it to others."
    ),
    gettext_noop(
        "The slow reader and those who took over hand in; the files whose readers differ most get a third reading."
    ),
    gettext_noop(
        "About the files with three readings, those who read them and the office exchange a word."
    ),
    gettext_noop(
        "The office proposes the answers in bulk, one of them wrongly; what looks inconsistent is kept with its reason, and a director approves."
    ),
    gettext_noop(
        "The wrong answer is seen before the release, withdrawn though it was approved, proposed anew and approved; its person notices nothing."
    ),
    gettext_noop("The office freezes the list; the director approves it for its hour."),
    gettext_noop(
        "At ten everything is visible at once and the letters leave; a worker dies in the midst of them."
    ),
    gettext_noop(
        "From the hour of the answers on, people read theirs: most say yes and apply to the university, some say no, some nothing."
    ),
    gettext_noop(
        "One who was declined should have been on the waitlist: proposed by the office, approved by the director, let out as a list of its own."
    ),
    gettext_noop(
        "Reminders leave; on the day after the last one, the offers without a reply have ended by themselves."
    ),
    gettext_noop(
        "Once the admission answers are out, the three of the panel read what was asked for and hand in."
    ),
    gettext_noop(
        "For each free seat of a program, two at most, the office calls the next of the waitlist; they say yes at once."
    ),
    gettext_noop(
        "The office proposes each round as it is ranked and the director approves it, then the lists and their hour; all is visible at once."
    ),
    gettext_noop(
        "Everybody says yes but one; the office calls the next of that round, who says yes too."
    ),
    gettext_noop(
        "UdeM asks for documents: some people say so on the day, and that they sent them a week later."
    ),
    gettext_noop(
        "UdeM's list comes: compared and applied, undone because it was of last week, brought in again and applied."
    ),
    gettext_noop(
        "In spring, some people report their funds and their CAQ, then ask for their permits; the others are reminded."
    ),
    gettext_noop(
        "In summer the permits come; those who reported nothing were told that they are late."
    ),
    gettext_noop(
        "Before the first day, the office records who registered and who did not, and welcomes them; two people close the cycle."
    ),
    gettext_noop(
        "Once people are registered, awards are confirmed and payments planned; the first ones are made, and one is undone and made again."
    ),
    gettext_noop("The file of one person who was declined is held: a complaint is going on."),
    gettext_noop(
        "Twenty-five months after the studies began, everything of the cycle is due but what is held."
    ),
    gettext_noop(
        "Two years after somebody last signed in, their account goes; the one whose file is held stays whole."
    ),
)
