"""Scholarships in the world of the table: the owner's, of last year's file, shortlisted, with a budget and a proof."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications.models import Application
from scholarships import proofs
from scholarships.models import Category
from tests.factories import upload_of
from tests.scholarships.factories import a_round, sent


def values(file: Application) -> dict[str, Any]:
    """The variable parts of the applicant's own pages."""
    row = a_round(file.cycle, Category.SOCIOECONOMIC, amount=Decimal(4000))
    mine = sent(row, file)
    mine.shortlisted_at = timezone.now()
    mine.save(update_fields=["shortlisted_at"])
    proofs.keep(mine, upload_of(), by=file.applicant)
    of_round = ("scholarship", "scholarship_begin")
    own = (
        *("statement", "send", "withdraw", "restore", "consent_withdraw"),
        *("confidential", "confidential_erase", "proof", "proof_file", "proof_erase"),
    )
    return {
        **{f"{name}.pk": row.pk for name in of_round},
        **{f"scholarship_{name}.number": mine.number for name in own},
        "scholarship_consent_withdraw.code": "panel",
    }
