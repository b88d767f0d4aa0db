"""The days from the close to the archives, in the order in which they are played."""

from collections.abc import Callable

from rehearsal.never_early import nothing_shows_early
from rehearsal.play import Play
from rehearsal.year import (
    aid_days,
    answer_days,
    archive_days,
    desk_days,
    ending_days,
    offer_days,
    reading_days,
    udem_days,
)

YEAR: list[Callable[[Play], None]] = [
    aid_days.rounds_opened,
    desk_days.first_check,
    desk_days.pieces_come,
    reading_days.conflicts_said,
    desk_days.closed_incomplete,
    reading_days.planned,
    reading_days.first_wave,
    reading_days.reminded_and_replaced,
    reading_days.last_readings,
    reading_days.discussed,
    answer_days.answers_proposed,
    answer_days.mistake_caught,
    nothing_shows_early,
    answer_days.release_prepared,
    answer_days.release_day,
    offer_days.replies,
    offer_days.answer_corrected,
    offer_days.silence_lapses,
    aid_days.panel_reads,
    offer_days.waitlist_called,
    aid_days.results_decided,
    aid_days.awards_replied,
    udem_days.steps_told,
    udem_days.udem_list,
    ending_days.permits_asked,
    ending_days.permits_obtained,
    ending_days.registered,
    aid_days.awards_paid,
    archive_days.hold_set,
    archive_days.archived,
    archive_days.accounts_forgotten,
]
