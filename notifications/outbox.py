"""Writing to the outbox: the only way a letter starts."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from audit.models import subject_of
from notifications.letters import Letter, Unsendable, check_address, render
from notifications.models import LetterText, OutgoingEmail
from notifications.nudge import nudge
from notifications.overriding import in_use

Texts = Mapping[str, LetterText]


@dataclass(frozen=True)
class Addressed:
    """One copy of a letter: to whom, in which language, about which row."""

    address: str
    language: str
    about: models.Model
    key: str
    context: Mapping[str, Any] = field(default_factory=dict)


def queue(
    letter: Letter,
    *,
    address: str,
    language: str,
    about: models.Model,
    key: str,
    context: Mapping[str, Any],
) -> OutgoingEmail:
    """Queue one letter with the fact it tells; asked again with the same key, it is the same letter.

    Raises TransactionManagementError outside a transaction, Unsendable for a broken address or subject,
    TemplateDoesNotExist when the letter has no text in that language.
    """
    _refuse_outside_a_transaction()
    row = _written(letter, Addressed(address, language, about, key, context))
    OutgoingEmail.objects.bulk_create([row], ignore_conflicts=True)
    _nudge_on_commit()
    return OutgoingEmail.objects.get(key=key)


def queue_all(
    letter: Letter,
    addressed: Iterable[Addressed],
    *,
    batch: str = "",
    held: Container[str] = (),
) -> int:
    """Queue many copies at once, in a number of queries that does not grow; returns how many were asked.

    A copy that cannot be put in an envelope does not stop the others: it is listed as dead. Those whose keys
    are among `held` wait until their `batch` is let go.
    """
    _refuse_outside_a_transaction()
    copies = list(addressed)
    texts = in_use(letter.name, [one.context for one in copies])
    rows = [_written_or_dead(letter, one, texts) for one in copies]
    for row in rows:
        row.batch = batch
        if row.key in held and row.status == OutgoingEmail.Status.PENDING:
            row.status = OutgoingEmail.Status.HELD
    OutgoingEmail.objects.bulk_create(rows, ignore_conflicts=True)
    _nudge_on_commit()
    return len(rows)


def _refuse_outside_a_transaction() -> None:
    """A letter without its fact, or a fact without its letter, must not be possible."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A letter is queued in the same transaction as the fact it tells."
        )


def _blank(letter: Letter, one: Addressed) -> OutgoingEmail:
    """The row without its text."""
    return OutgoingEmail(
        key=one.key,
        letter=letter.name,
        language=one.language,
        address=one.address,
        about=subject_of(one.about),
        priority=letter.priority,
        secret=letter.secret,
        resend_after=letter.resend_after,
    )


def _written(letter: Letter, one: Addressed, texts: Texts | None = None) -> OutgoingEmail:
    """The row with its text."""
    check_address(one.address)
    rendered = render(letter, language=one.language, context=one.context, texts=texts)
    row = _blank(letter, one)
    row.subject, row.text = rendered.subject, rendered.text
    row.sender, row.reply_to = rendered.sender, rendered.reply_to
    row.dates = list(rendered.dates)
    return row


def _written_or_dead(letter: Letter, one: Addressed, texts: Texts) -> OutgoingEmail:
    """The row with its text, or the row that says why there is none."""
    try:
        return _written(letter, one, texts)
    except Unsendable as error:
        row = _blank(letter, one)
        row.address = " ".join(one.address.split())[:254]
        row.status, row.error = OutgoingEmail.Status.DEAD, str(error)
        return row


def _nudge_on_commit() -> None:
    """Wake a worker once the transaction is there to be seen, once for all its letters."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is nudge for entry in waiting):
        transaction.on_commit(nudge)
