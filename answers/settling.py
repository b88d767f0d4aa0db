"""An answer that its applicant may know settles the file: what was judged is what was answered."""

from typing import Any

from django.db.models import QuerySet

from applications.settled import settles
from reviews.models import Decision


@settles
def answered() -> QuerySet[Any, Any]:
    """The files with a released answer. One that is only proposed, approved or frozen settles nothing (P3)."""
    return Decision.objects.released().values("application")
