"""The end of one line of an approved list: its rows, its files, its letters, its sealed entries; once, and all of it.

PostgreSQL lets the rows go only while a line of a list that two people approved says so (`retention` 0002): the
transaction names the line, and the triggers look.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from accounts.sessions import end_sessions
from applications.documents import purpose_of
from applications.erasure import is_held
from applications.models import Application
from audit.models import AuditEntry
from cycles.clock import months_after, start_of
from notifications.models import OutgoingEmail
from papers import forgetting, sweeping, uploads
from retention.models import Incident, Item, Kind
from retention.tree import Model, Tree, delete, hanging_on
from reviews.models import Decision, Release
from scholarships import disposing as sealed
from scholarships.models import Announcement, Candidacy, Result

Counted = dict[str, int]


def lock(item: Item) -> None:
    """Hold the row that a line is about until the end of the transaction, before it is judged once more."""
    model = ROWS.get(Kind(item.disposal.kind))
    if model is not None:
        key = int(item.subject.partition(":")[2])
        list(model._base_manager.select_for_update(of=("self",)).filter(pk=key))


def destroy(item: Item) -> Counted:
    """Destroy what a line is about, inside the caller's transaction; what went, by table. Files go once it is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mila.disposal_item', %s, true)", [str(item.pk)])
    kind, key = Kind(item.disposal.kind), item.subject.partition(":")[2]
    counted = DESTROYERS[kind](key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mila.disposal_item', '', true)")
    return counted


def application(key: str) -> Counted:
    """An application with all that hangs on it; its lines of the trail lose their words and keep what was done, and when."""
    row = Application.objects.filter(pk=int(key)).first()
    if row is None:
        return {}
    tree = hanging_on(Application, {row.pk})
    uploads.forget(purpose_of(row))
    sealed.forget(tree.rows[Application], tree.rows.get(Candidacy, set()))
    return _gone(tree)


def account(key: str) -> Counted:
    """An account that has no application, with its addresses, its sessions and its letters."""
    user = User.objects.filter(pk=int(key), roles=[]).first()
    if user is None or Application.objects.filter(applicant=user).exists():
        return {}
    addresses = [row.email.lower() for row in EmailAddress.objects.filter(user=user)]
    end_sessions(user, *addresses)
    letters = OutgoingEmail.objects.filter(address__in={user.email, *addresses})
    letters.delete()
    return _gone(hanging_on(User, {user.pk}))


def identification(key: str) -> Counted:
    """What the people of a cycle said of themselves; the totals that were given out stay."""
    files = Application.objects.filter(cycle=int(key)).values_list("pk", flat=True)
    sealed.forget(files, [])
    return {}  # how many there were would tell how many answered


def trail(key: str) -> Counted:
    """A month of the trail."""
    month = date.fromisoformat(f"{key}-01")
    until = start_of(months_after(month, 1))
    rows = AuditEntry.objects.filter(at__gte=start_of(month), at__lt=until)
    return {"audit.auditentry": rows.delete()[0]}


def incident(key: str) -> Counted:
    """A line of the register."""
    return {"retention.incident": Incident.objects.filter(pk=int(key)).delete()[0]}


def _gone(tree: Tree) -> Counted:
    """Delete the rows, their letters and the words about them in the trail; their files after the commit."""
    counted, files = tree.counted, tree.files()
    about = OutgoingEmail.objects.filter(about__in=tree.subjects)
    counted["notifications.outgoingemail"] = about.count()
    about.delete()
    AuditEntry.objects.filter(subject__in=tree.subjects).update(why="", details={})
    answers = Decision.objects.filter(pk__in=tree.rows.get(Decision, set()))
    for release, count in Counter(answers.values_list("release", flat=True)).items():
        Release.objects.filter(pk=release).update(disposed=F("disposed") + count)
    results = Result.objects.filter(pk__in=tree.rows.get(Result, set()))
    for made, count in Counter(results.values_list("announcement", flat=True)).items():
        Announcement.objects.filter(pk=made).update(disposed=F("disposed") + count)
    delete(tree)
    counted["files"] = len(files)
    for name, sha256 in files:
        transaction.on_commit(partial(_forget, name, sha256))
    return {table: count for table, count in counted.items() if count}


def _forget(name: str, sha256: str) -> None:
    """A file of ours, and what was made of it; killed before, the sweep finds it: no row names it any more."""
    if sha256:
        forgetting.forget(sha256, name, held=is_held)
    else:
        sweeping.forget(name)


DESTROYERS: dict[Kind, Callable[[str], Counted]] = {
    Kind.DRAFT: application,
    Kind.ENDED: application,
    Kind.REGISTERED: application,
    Kind.ACCOUNT: account,
    Kind.IDENTIFICATION: identification,
    Kind.TRAIL: trail,
    Kind.INCIDENT: incident,
}
# The classes whose lines are a row that others may be changing.
ROWS: dict[Kind, Model] = {
    Kind.DRAFT: Application,
    Kind.ENDED: Application,
    Kind.REGISTERED: Application,
    Kind.ACCOUNT: User,
}
