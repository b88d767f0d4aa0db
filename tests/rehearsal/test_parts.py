"""What a rehearsal is made of: forms as a browser reads them, an authenticator, the settings of a cycle, the mail server's tempers."""

import asyncio
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from aiosmtpd.smtp import Envelope
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.demo import DEMO_AUTHENTICATOR_SECRET
from accounts.models import User
from config.mailbox import Store
from config.seed.world import build_empty_cycle
from cycles.models import Cycle, Program
from rehearsal import setup
from rehearsal.days import DAYS
from rehearsal.forms import forms
from rehearsal.intake.close import MILLISECOND, around
from rehearsal.letters import Letters
from rehearsal.person import one_time_code
from rehearsal.post import MoodyPost
from rehearsal.sentences import SENTENCES

PAGE = """
<form method="post" action="/a/"><input type="hidden" name="token" value="x&amp;y">
<input name="who" value="Awa"><input name="gone" value="1" disabled>
<input type="checkbox" name="tick" value="1" checked><input type="checkbox" name="tick" value="2">
<input type="radio" name="way" value="a"><input type="radio" name="way" value="b" checked>
<select name="one"><option value="">–</option><option value="p" selected>P</option></select>
<select name="first"><option value="q">Q</option><option value="r">R</option></select>
<textarea name="long">
two
lines</textarea><input type="file" name="file"><button name="stay" value="1">Stay</button></form>
<form action="/search/" id="other"><input name="q"></form><input form="other" name="far" value="z">
"""


def test_a_form_is_what_a_browser_would_send() -> None:
    first, second = forms(PAGE)
    assert dict(first.values) == {
        "token": ["x&y"],
        "who": ["Awa"],
        "tick": ["1"],
        "way": ["b"],
        "one": ["p"],
        "first": ["q"],
        "long": ["two\nlines"],
    }
    assert first.offered["way"] == ["a", "b"]
    assert (first.action, first.method, first.files) == ("/a/", "post", ["file"])
    assert first.buttons == [("stay", "1")]
    assert dict(second.values) == {"q": [""], "far": ["z"]}
    assert second.method == "get"


@pytest.mark.parametrize("moment", [59.0, 1_800_000_000.0])
def test_the_authenticator_shows_what_is_expected(moment: float) -> None:
    expected = hotp_value(DEMO_AUTHENTICATOR_SECRET, int(moment) // 30)
    assert one_time_code(moment) == format_hotp_value(expected)


def test_every_day_can_be_told_in_french() -> None:
    told = [(day.__doc__ or "").strip().split("\n")[0] for day in DAYS]
    assert [sentence for sentence in told if sentence not in SENTENCES] == []


@pytest.mark.parametrize("count", [1, 4, 30])
def test_the_moments_around_the_close_hold_the_edge(count: int) -> None:
    last = timezone.now()
    moments = around(last, count)
    assert len(moments) == count
    assert last + MILLISECOND in moments


@pytest.mark.django_db
def test_a_cycle_travels_without_anybody_in_it(tmp_path: Path) -> None:
    cycle = build_empty_cycle()
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    setup.write(cycle, first)
    kinds = {row["model"] for row in json.loads(first.read_text())}
    assert {"cycles.cycle", "cycles.program", "cycles.intake", "reviews.criterion"} <= kinds
    assert not kinds & {"accounts.user", "applications.application"}
    assert "@example.com" not in first.read_text()
    cycle.delete()
    Program.objects.all().delete()
    User.objects.all().delete()
    assert setup.read(str(first)) == cycle.code
    setup.write(Cycle.objects.get(), second)
    assert second.read_text() == first.read_text()


@pytest.mark.django_db
def test_an_unknown_cycle_is_refused_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="There is no cycle X1"):
        call_command("rehearse", cycle="X1", verbosity=0)


def test_tempers_may_change_at_any_time(tmp_path: Path) -> None:
    store = Store(tmp_path)
    post = MoodyPost(store, tmp_path)
    assert post.temper("awa@example.org") == ""
    (tmp_path / "tempers.json").write_text('{"awa@example.org": "never"}')
    assert post.temper("Awa@example.org") == "never"
    post.trouble("never")
    assert (tmp_path / "trouble.log").read_text() == "never\n"
    store.close()


def test_a_first_time_is_counted_from_when_the_temper_came(tmp_path: Path) -> None:
    store = Store(tmp_path)
    post = MoodyPost(store, tmp_path)
    tempers = tmp_path / "tempers.json"

    def said() -> str:
        return asyncio.run(post.handle_RCPT(Mock(), Mock(), Envelope(), "awa@example.org", []))

    assert said() == "250 OK"
    tempers.write_text('{"awa@example.org": "busy"}')
    assert [said(), said()] == ["450 Come back later", "250 OK"]
    store.close()


def test_letters_are_read_as_the_file_grows(tmp_path: Path) -> None:
    store, letters = Store(tmp_path), Letters(tmp_path)
    assert letters.to("awa@example.org") == []
    store.add("us@example.org", ["Awa@example.org"], b"Message-ID: <1@x>\r\n\r\nOne")
    assert [kept.message_id for kept in letters.to("awa@example.org")] == ["<1@x>"]
    with (tmp_path / "letters.jsonl").open("a") as file:
        file.write('{"from": "cut sh')
    assert len(letters.to("awa@example.org")) == 1
    store.close()
