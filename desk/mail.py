"""The ledger of all mail: which letters a member of the staff may see, and how they are found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Language, User
from applications.models import Application, Referee
from applications.search import Fold, found
from applications.sight import ids_kept_from
from applications.sought import sought
from audit.models import subject_of
from audit.sight import subjects_kept_from
from cycles.clock import end_of, start_of
from desk.board import State
from desk.sight import in_sight
from notifications.catalogue import catalogue, private
from notifications.models import OutgoingEmail
from notifications.reach import UNFINISHED

Status, Outcome = OutgoingEmail.Status, OutgoingEmail.Outcome
Letters = Any  # a queryset of OutgoingEmail, whose manager's type differs

PERSON = State("person", _("Someone is needed"), "act", "triangle-alert")
HELD = State("held", _("Held back behind the first letters"), "time", "pause")
WAITING = State("waiting", _("Waiting"), "time", "hourglass")
DOUBT = State("doubt", _("Outcome unknown"), "time", "circle-question-mark")
SENT = State("sent", _("Sent"), "info", "send")
DELIVERED = State("delivered", pgettext_lazy("of a letter", "Delivered"), "ok", "mail-check")
BACK = State("back", _("Came back"), "bad", "undo-2")
UNWANTED = State("unwanted", _("Marked as unwanted"), "bad", "ban")
DEAD = State("dead", _("Could not be sent"), "bad", "circle-x")
ALL = State("all", pgettext_lazy("letters", "All"), "", "mails")

# By the key of a state: the letters in it.
IN_STATE = {
    PERSON.key: Q(status__in=[Status.BOUNCED, Status.DEAD])
    | Q(status=Status.UNKNOWN, resend_after=None),
    HELD.key: Q(status=Status.HELD),
    WAITING.key: Q(status__in=[Status.PENDING, Status.SENDING]),
    DOUBT.key: Q(status=Status.UNKNOWN),
    BACK.key: Q(status=Status.BOUNCED),
    UNWANTED.key: Q(outcome=Outcome.COMPLAINED),
    DEAD.key: Q(status=Status.DEAD),
    SENT.key: Q(status=Status.SENT),
    DELIVERED.key: Q(status=Status.SENT, outcome=Outcome.DELIVERED),
}
AFTERWARDS: dict[str, State] = {Outcome.DELIVERED: DELIVERED, Outcome.COMPLAINED: UNWANTED}
BY_STATUS: dict[str, State] = {
    Status.HELD: HELD,
    Status.UNKNOWN: DOUBT,
    Status.BOUNCED: BACK,
    Status.DEAD: DEAD,
}
# Found by an index of what is unfinished, and counted: few, however many letters there are.
COUNTED = [one.key for one in (PERSON, HELD, WAITING, DOUBT, BACK, UNWANTED, DEAD)]
FILTERS = {
    one.key: one
    for one in (ALL, PERSON, HELD, WAITING, DOUBT, BACK, UNWANTED, DEAD, SENT, DELIVERED)
}
# How many files one search by name leads to, at most.
SOME = 200


def state_of(letter: OutgoingEmail) -> State:
    """Where one letter is, in words."""
    if letter.status == Status.SENT:
        return AFTERWARDS.get(letter.outcome, SENT)
    return BY_STATUS.get(letter.status, WAITING)


def seen_by(user: User) -> Letters:
    """All letters but private ones, those about what something keeps from this person, or to somebody whose file is."""
    subjects = subjects_kept_from(user)
    rows = OutgoingEmail.objects.exclude(about__in=subjects).exclude(letter__in=private())
    if kept := ids_kept_from(user) if subjects else set():
        people = User.objects.filter(applications__in=kept)
        hidden = dict(people.values_list("pk", "email"))
        rows = rows.exclude(about__in=[f"accounts.user:{pk}" for pk in hidden])
        rows = rows.exclude(address__in=hidden.values())
    return rows


def counts(rows: Letters) -> dict[str, int]:
    """How many letters are in each state that somebody may have to look at; one look-up."""
    return dict(
        rows.filter(UNFINISHED).aggregate(
            **{key: Count("pk", filter=IN_STATE[key]) for key in COUNTED}
        )
    )


def kinds() -> list[tuple[str, Any]]:
    """Each kind of letter and what it is called."""
    return [(name, one.title) for name, one in catalogue().items() if not one.letter.private]


class MailFilters(forms.Form):
    """What the address of the page asks for; what it cannot mean is passed over."""

    q = forms.CharField(max_length=100, required=False)
    state = forms.ChoiceField(choices=[(key, one.label) for key, one in FILTERS.items()])
    letter = forms.ChoiceField(choices=lambda: [("", _("All")), *kinds()], required=False)
    language = forms.ChoiceField(choices=[("", _("Both")), *Language.choices], required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


@dataclass(frozen=True)
class Wanted:
    """A search of the ledger, as the address of the page holds it."""

    words: str = ""
    state: State = ALL
    letter: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None


def wanted(query: Mapping[str, Any]) -> Wanted:
    """What an address asks for."""
    form = MailFilters({**dict(query.items()), "q": sought(query)})
    form.is_valid()
    said = form.cleaned_data
    return Wanted(
        words=said.get("q", ""),
        state=FILTERS.get(said.get("state", ""), ALL),
        letter=said.get("letter", ""),
        language=said.get("language", ""),
        since=said.get("since"),
        until=said.get("until"),
    )


def matching(rows: Letters, asked: Wanted, user: User) -> Letters:
    """Those of the letters that a search asks for, the newest first."""
    if asked.state.key in IN_STATE:
        rows = rows.filter(IN_STATE[asked.state.key])
    if asked.state.key in COUNTED:
        rows = rows.filter(UNFINISHED)
    if asked.letter:
        rows = rows.filter(letter=asked.letter)
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.since:
        rows = rows.filter(queued_at__gte=start_of(asked.since))
    if asked.until:
        rows = rows.filter(queued_at__lte=end_of(asked.until))
    if asked.words.strip():
        rows = rows.alias(to=Lower("address")).filter(_of(asked.words.strip(), user))
    return rows.order_by("-queued_at", "-pk")


def _of(words: str, user: User) -> Q:
    """Letters to an address that begins so, about a file of that name or number, or to somebody of that name."""
    to_address = Q(to__startswith=words.lower())
    if "@" in words:
        return to_address
    files = dict(found(in_sight(user), words).values_list("pk", "applicant__email")[:SOME])
    named = Q(name_in_plain__contains=Fold(Value(words)))
    referees = Referee.objects.alias(name_in_plain=Fold("name"))
    asked = referees.filter(Q(application__in=files) | named)[: SOME * 4]
    people = User.objects.alias(name_in_plain=Fold("full_name")).filter(named)
    told = dict(people.values_list("pk", "email")[:SOME])
    about = [subject_of(Application(pk=pk)) for pk in files]
    about += [subject_of(Referee(pk=pk)) for pk in asked.values_list("pk", flat=True)]
    about += [subject_of(User(pk=pk)) for pk in told]
    addresses = {address.lower() for address in (*files.values(), *told.values())}
    return to_address | Q(about__in=about) | Q(to__in=addresses)
