"""Scoring the anchor files: the reader's pages, what may be corrected and until when."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from committee.calibration import lines_of, may_correct, save_reading
from committee.models import Anchor, AnchorReading
from cycles.models import Cycle
from reviews.scoring import Stale
from tests import factories
from tests.committee.calibrating import factories as committee
from tests.reviews import factories as judging


def posted(anchor: Anchor, *values: str, revision: int = 0, comment: str = "") -> dict[str, Any]:
    """What the page sends."""
    keys = anchor.cycle.criteria.values_list("pk", flat=True)
    given = {f"score_{pk}": value for pk, value in zip(keys, values, strict=False)}
    return {**given, "revision": revision, "comment": comment}


def test_the_queue_says_so_first_and_real_files_still_open(
    client: Client, anchors: list[Anchor], cycle: Cycle, david: User, claire: User, amina: User
) -> None:
    row = judging.assigned(factories.submitted(amina, cycle), david, by=claire)
    client.force_login(david)
    page = client.get("/en/queue/").content.decode()
    assert "3 short fictitious files first: about 12 minutes" in page
    assert "Begin" in page
    assert client.get(f"/en/queue/{row.pk}/").status_code == 200
    committee.scored(anchors[0], david, 1, 2, 3)
    page = client.get("/en/queue/").content.decode()
    assert "2 short fictitious files first" in page
    assert "Go on" in page
    committee.calibrated(anchors[1:], david, 1, 2, 3)
    page = client.get("/en/queue/").content.decode()
    assert "fictitious" not in page
    assert "My calibration" in page


def test_nothing_first_where_there_are_no_files(client: Client, cycle: Cycle, david: User) -> None:
    client.force_login(david)
    assert "calibration" not in client.get("/en/queue/").content.decode()
    assert "No calibration file this year" in client.get("/en/calibration/").content.decode()
    Cycle.objects.all().delete()
    assert "No calibration file this year" in client.get("/en/calibration/").content.decode()


def test_one_after_the_other(client: Client, anchors: list[Anchor], david: User) -> None:
    client.force_login(david)
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
        address = f"/en/calibration/{anchor.pk}/"
        page = client.get(address).content.decode()
        assert anchor.title_en in page
        assert "this person does not exist" in page
        answer = client.post(address, posted(anchor, "4", "na", "2", comment="Mine"))
        wanted = f"/en/calibration/{following.pk}/" if following else "/en/calibration/"
        assert answer.status_code == 302
        assert answer.url == wanted
    first = AnchorReading.objects.get(anchor=anchors[0])
    keys = [str(pk) for pk in anchors[0].cycle.criteria.values_list("pk", flat=True)]
    assert first.values == dict(zip(keys, [4, None, 2], strict=True))
    assert (first.comment, first.revision) == ("Mine", 1)
    entry = AuditEntry.objects.about(first).get()
    assert (entry.verb, entry.actor, entry.details) == ("calibrate", david, {})
    assert "four readers" in client.get("/en/calibration/").content.decode()


def test_every_criterion_is_asked(client: Client, anchors: list[Anchor], david: User) -> None:
    client.force_login(david)
    address = f"/en/calibration/{anchors[0].pk}/"
    answer = client.post(address, posted(anchors[0], "4", comment="Kept"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not scored yet." in page
    assert "Kept" in page
    assert not AnchorReading.objects.exists()


def test_a_rubric_that_grew_is_refused_by_the_verb(anchors: list[Anchor], david: User) -> None:
    with pytest.raises(Refused) as caught:
        save_reading(anchors[0], {}, comment="", revision=0, by=david)
    assert len(caught.value.reasons) == 3


def test_two_tabs(client: Client, anchors: list[Anchor], david: User) -> None:
    client.force_login(david)
    address = f"/en/calibration/{anchors[0].pk}/"
    committee.scored(anchors[0], david, 1, 1, 1)
    answer = client.post(address, posted(anchors[0], "4", "4", "4"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "another tab" in page
    assert 'name="revision" value="1"' in page
    again = client.post(address, posted(anchors[0], "4", "4", "4", revision=1))
    assert again.status_code == 302
    assert set(AnchorReading.objects.get().values.values()) == {4}
    with pytest.raises(Stale):
        save_reading(
            anchors[1], dict.fromkeys(_keys(anchors[1]), 1), comment="", revision=7, by=david
        )


def _keys(anchor: Anchor) -> list[int]:
    return list(anchor.cycle.criteria.values_list("pk", flat=True))


def test_corrected_until_a_real_review_is_handed_in(
    client: Client, anchors: list[Anchor], cycle: Cycle, david: User, claire: User
) -> None:
    client.force_login(david)
    committee.calibrated(anchors, david, 1, 1, 1)
    committee.scored(anchors[0], david, 2, 2, 2)
    assert may_correct(david, cycle, lines_of(david, cycle))
    judging.reviewed(judging.filed(1, cycle)[0], david, 3, 3, 3, by=claire)
    with pytest.raises(Refused, match="stays as it is"):
        committee.scored(anchors[0], david, 3, 3, 3)
    address = f"/en/calibration/{anchors[0].pk}/"
    assert '<form class="score"' not in client.get(address).content.decode()
    answer = client.post(address, posted(anchors[0], "3", "3", "3", revision=2))
    assert answer.status_code == 422
    assert "stays as it is" in answer.content.decode()


def test_corrected_until_the_comparison_shows(
    anchors: list[Anchor], cycle: Cycle, readers: list[User], david: User
) -> None:
    for reader in readers[:3]:
        committee.calibrated(anchors, reader, 3, 3, 3)
    assert may_correct(readers[0], cycle, lines_of(readers[0], cycle))
    committee.calibrated(anchors, readers[3], 3, 3, 3)
    assert not may_correct(readers[0], cycle, lines_of(readers[0], cycle))
    committee.scored(anchors[0], david, 1, 1, 1)
    assert may_correct(david, cycle, lines_of(david, cycle))


def test_only_readers_score(anchors: list[Anchor], claire: User) -> None:
    with pytest.raises(Refused) as caught:
        committee.scored(anchors[0], claire, 1, 1, 1)
    assert caught.value.forbidden


def test_half_written_and_unpublished_files_count_for_nobody(
    client: Client, anchors: list[Anchor], cycle: Cycle, david: User
) -> None:
    client.force_login(david)
    Anchor.objects.filter(pk=anchors[0].pk).update(statement_en="")
    Anchor.objects.filter(pk=anchors[1].pk).update(experience_fr="")
    assert [line.anchor for line in lines_of(david, cycle)] == [anchors[2]]
    assert client.get(f"/en/calibration/{anchors[0].pk}/").status_code == 404
    Cycle.objects.update(is_published=False)
    assert client.get(f"/en/calibration/{anchors[2].pk}/").status_code == 404


def test_rows_in_words(anchors: list[Anchor], david: User) -> None:
    row = committee.scored(anchors[0], david, 1, 1, 1)
    assert str(row) == f"{anchors[0].pk} ← {david.pk}"
    assert str(anchors[0]) == "File A: a steady bachelor’s"
    assert not Anchor().was_read
    assert anchors[0].was_read
    assert not anchors[1].was_read


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_1_and_3_files(
    client: Client,
    cycle: Cycle,
    anchors: list[Anchor],
    david: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    Anchor.objects.exclude(pk__in=[row.pk for row in anchors[:count]]).delete()
    committee.calibrated(anchors[:count], david, 3, 3, 3)
    client.force_login(david)
    client.get("/en/calibration/")
    # Session, person and second factor; cycle (2); files, own readings; the group (2); a review; rubric; marks.
    with django_assert_num_queries(12):
        client.get("/en/calibration/")
    with django_assert_num_queries(11):
        client.get(f"/en/calibration/{anchors[0].pk}/")
