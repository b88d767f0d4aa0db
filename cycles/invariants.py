"""What must be true of every year's configuration."""

from audit.invariants import invariant
from cycles.models import Question, QuestionVersion


@invariant
def conditions_look_back() -> list[str]:
    """A question that is asked depends on an earlier one of its cycle, by one of its answers."""
    asked = Question.objects.filter(is_retired=False, shown_if__isnull=False)
    return [
        f"cycles.question:{question.pk}: {sentence}"
        for question in asked.select_related("shown_if")
        if (sentence := question.broken_condition)
    ]


@invariant
def wordings_are_numbered() -> list[str]:
    """Each earlier wording of a question has a number below that of the present one, none left out."""
    kept: dict[int, list[int]] = {}
    for question, version in QuestionVersion.objects.order_by("version").values_list(
        "question", "version"
    ):
        kept.setdefault(question, []).append(version)
    return [
        f"cycles.question:{question.pk}: an earlier wording is missing."
        for question in Question.objects.filter(version__gt=1)
        if kept.get(question.pk, []) != list(range(1, question.version))
    ]
