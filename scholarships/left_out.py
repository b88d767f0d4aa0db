"""Who was told of an award and was offered none, and why: at the moment of the announcement they could hold none."""

from audit.models import AuditEntry, subject_of
from scholarships.awarding import NOT_OFFERED
from scholarships.models import Ended, Result, Round


def left_out(row: Round) -> dict[int, tuple[Result, str]]:
    """Each of a round, by scholarship application, with the reason in words; one query, and one more where there is somebody."""
    shown = Result.objects.filter(
        candidacy__round=row,
        candidacy__award=None,
        outcome=Result.Outcome.AWARDED,
        status=Result.Status.SHOWN,
    )
    results = list(shown.select_related("candidacy__application").order_by("candidacy__number"))
    if not results:
        return {}
    said = AuditEntry.objects.filter(verb=NOT_OFFERED).about(*[one.candidacy for one in results])
    whys = dict(said.values_list("subject", "why"))
    return {
        one.candidacy_id: (one, _in_words(whys.get(subject_of(one.candidacy), "")))
        for one in results
    }


def _in_words(why: str) -> str:
    return str(Ended(why).label) if why in Ended.values else ""
