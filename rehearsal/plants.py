"""What `--plant` breaks behind the product's back, so that the judge can be seen to notice. See also `rehearsal.planted`."""

import smtplib

from rehearsal.play import Play

EVERY = ("P1", "P2", "P3", "P4", "P5", "P6")
IN_THE_WEB_SERVER = frozenset({"P3", "P5", "P6"})


def plant(play: Play) -> None:
    """What was asked for, once everybody has applied."""
    for name, act in (("P1", damage_a_file), ("P2", send_twice), ("P4", take_a_guard_away)):
        if name in play.plants:
            act(play)


def damage_a_file(play: Play) -> None:
    """One byte of one file that was confirmed is another one."""
    receipt = play.submitted[0].receipt
    (name,) = play.stage.sql(
        "SELECT d.file FROM applications_document d"
        " JOIN applications_submission_documents j ON j.document_id = d.id"
        " JOIN applications_submission s ON s.id = j.submission_id WHERE s.receipt = %s",
        [receipt],
    )[0]
    path = play.stage.folder / "files" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def send_twice(play: Play) -> None:
    """One acknowledgement that arrived comes a second time."""
    rows = play.stage.sql(
        "SELECT message_id FROM notifications_outgoingemail"
        " WHERE letter = 'acknowledgement' AND status = 'sent'"
    )
    sent = {message_id for (message_id,) in rows}
    play.stage.letters.look()
    letter = next(one for one in play.stage.letters.every if one.message_id in sent)
    with smtplib.SMTP("127.0.0.1", play.stage.smtp_port) as line:
        line.sendmail(letter.sender, letter.to, letter.raw)


def take_a_guard_away(play: Play) -> None:
    """The trigger that keeps the trail as it was written is off."""
    play.stage.sql("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_entry_stays")
