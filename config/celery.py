"""Celery, and the one timetable of the product. The broker carries ids and holds no truth."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("mila")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(seconds: float, task: str) -> dict[str, Any]:
    """One line of the timetable; a run that nobody took before the next is due is dropped."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def on_the_clock(minutes: int, task: str) -> dict[str, Any]:
    """The same for what goes by turns, which begin on the full hour and so many minutes after: on time, not some time later."""
    return {**every(60.0 * minutes, task), "schedule": crontab(minute=f"*/{minutes}")}


# Every task here is safe to run twice. What each does in words, and what it would send, its app declares in `errands.py`;
# a test holds both to the same times.
app.conf.beat_schedule = {
    "deliver letters": every(3.0, "notifications.tasks.deliver"),
    "settle letters": every(30.0, "notifications.tasks.settle"),
    "check files": every(3.0, "papers.tasks.check_files"),
    "bind dossiers": every(5.0, "dossiers.tasks.bind_dossiers"),
    "sweep files": every(6 * 3600.0, "papers.tasks.sweep_files"),
    "sweep uploads": every(3600.0, "papers.tasks.sweep_uploads"),
    "remind drafts": on_the_clock(10, "applications.tasks.remind_drafts"),
    "remind referees": on_the_clock(15, "applications.tasks.remind_referees"),
    "remind of pieces": on_the_clock(15, "desk.tasks.remind_of_pieces"),
    "detect conflicts": every(600.0, "reviews.tasks.detect_conflicts"),
    "write to readers": on_the_clock(30, "reviews.tasks.write_to_readers"),
    "solve plans": every(3.0, "committee.tasks.solve_plans"),
    "scan names": every(15.0, "dossiers.tasks.scan_names"),
    "clear sessions": every(3600.0, "accounts.tasks.clear_sessions"),
    "release answers": every(2.0, "answers.tasks.release_due"),
    "free letters": every(3.0, "answers.tasks.free_letters"),
    "estimate scores": every(30.0, "reviews.tasks.estimate"),
    "lapse offers": on_the_clock(10, "followup.tasks.lapse_offers"),
    "remind of replies": on_the_clock(15, "followup.tasks.remind_of_replies"),
    "remind of UdeM": on_the_clock(15, "followup.tasks.remind_of_udem"),
    "remind of UdeM documents": on_the_clock(15, "followup.tasks.remind_of_udem_documents"),
    "remind of UdeM offer": on_the_clock(15, "followup.tasks.remind_of_udem_offer"),
    "remind of permits": on_the_clock(15, "permits.tasks.remind_of_permits"),
    "warn of late permits": on_the_clock(15, "permits.tasks.warn_of_late_permits"),
    "apply lists of UdeM": every(3.0, "reconciliation.tasks.apply_lists"),
    "forget lists of UdeM": every(6 * 3600.0, "reconciliation.tasks.forget_lists"),
    "call by itself": on_the_clock(5, "followup.tasks.call_by_itself"),
    "end waitlists": on_the_clock(15, "followup.tasks.end_waitlists"),
    "tell free seats": on_the_clock(15, "followup.tasks.tell_free_seats"),
    "list what is due": every(6 * 3600.0, "retention.tasks.list_due"),
    "destroy what was approved": every(30.0, "retention.tasks.execute"),
    "show results of scholarships": every(3.0, "scholarships.tasks.show_results"),
    "remind panels": on_the_clock(15, "scholarships.tasks.remind_panels"),
    "settle awards": on_the_clock(5, "scholarships.tasks.settle_awards"),
    "remind of awards": on_the_clock(15, "scholarships.tasks.remind_of_awards"),
    "make exports": every(3.0, "finding.tasks.make_exports"),
    "erase exports": every(600.0, "finding.tasks.expire_exports"),
    "forget turns": every(6 * 3600.0, "audit.tasks.forget_turns"),
}
