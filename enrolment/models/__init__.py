"""The nouns of enrolment: notes and care for people, reminders, endings, welcomes, deferrals, closings."""

from enrolment.models.closing import Closing
from enrolment.models.deferral import Deferral
from enrolment.models.ending import Ending, Welcome
from enrolment.models.person import Care, Note
from enrolment.models.reminder import Batch, Kind, Reminder

__all__ = [
    "Batch",
    "Care",
    "Closing",
    "Deferral",
    "Ending",
    "Kind",
    "Note",
    "Reminder",
    "Welcome",
]
