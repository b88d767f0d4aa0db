"""The words of the gate: what each rule found, and how it is mended."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reviews.models import Outcome

HELP: dict[str, Promise] = {
    "decider": gettext_lazy("Somebody else proposes or approves it anew."),
    "few_readers": gettext_lazy("Give it to another reader, or say why what was read is enough."),
    "incomplete": gettext_lazy("Wait for the piece, take the request back, or say why it stands."),
    "letters": gettext_lazy("Remind the referee, or say why the letters that came are enough."),
    "duplicates": gettext_lazy("Compare the two accounts at the desk, then answer once."),
    "seats": gettext_lazy("Propose fewer offers, or change the margin of the cycle."),
    "twins": gettext_lazy("Their intervals overlap almost wholly: read both once more."),
    "below": gettext_lazy("The intervals do not touch: say what the scores do not know."),
    "preference": gettext_lazy("Offer the first choice, or say why not."),
    "read_in_conflict": gettext_lazy(
        "The review counts no more; ask whether the discussion leaned on it."
    ),
    "early": gettext_lazy("Wait for the review, or take the file back from its reader."),
    "late_letter": gettext_lazy("Open the letter before you decide."),
    "unreachable": gettext_lazy("Correct the address or the language before the release."),
    "places": gettext_lazy("Put the list in order: one button closes gaps and ties."),
}


def _outcome(key: str) -> str:
    """An outcome in words, inside a sentence."""
    return str(Outcome(key).label).lower()


def _two_means(facts: Mapping[str, Any]) -> dict[str, str]:
    """Two means with two decimals, as the page's language writes them."""
    one, two = facts["means"]
    return {"one": number_format(one, 2), "two": number_format(two, 2)}


def _twins(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    one, two = facts["outcomes"]
    values = {"first": _outcome(one), "second": _outcome(two), **told, **_two_means(facts)}
    return (
        _("%(program)s: %(first)s at a mean of %(one)s, %(second)s at a mean of %(two)s.") % values
    )


def _below(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    values = {"outcome": _outcome(facts["outcome"]), **told, **_two_means(facts)}
    return _("%(program)s: accept at a mean of %(one)s, %(outcome)s at a mean of %(two)s.") % values


def _few_readers(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    text = ngettext(
        "%(read)s review handed in; this cycle asks for %(asked)s.",
        "%(read)s reviews handed in; this cycle asks for %(asked)s.",
        facts["read"],
    )
    return text % {**facts, "outcome": _outcome(facts["outcome"])}


def _incomplete(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    count = facts["pieces"]
    text = ngettext(
        "%(n)s piece that was asked has not come.",
        "%(n)s pieces that were asked have not come.",
        count,
    )
    return text % {"n": count}


def _letters(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    count = facts["letters"]
    text = ngettext(
        "%(n)s letter of reference is missing.", "%(n)s letters of reference are missing.", count
    )
    return text % {"n": count}


def _duplicates(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    one, two = facts["outcomes"]
    text = _("Two accounts look like one person’s: %(first)s here, %(second)s there.")
    return text % {"first": _outcome(one), "second": _outcome(two)}


def _seats(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    text = _(
        "%(program)s: %(accepted)s offers for %(seats)s seats, more than %(percent)s%% beyond."
    )
    return text % {**facts, **told}


def _places(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    text = _("%(program)s: places given twice, %(ties)s; places skipped or missing, %(gaps)s.")
    return text % {**facts, **told}


def _unreachable(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    if facts["refused"]:
        return _("The last letter to this address was refused.")
    return _("No language to write in.")


def _early(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    count = facts["open"]
    text = ngettext("%(n)s reader is not done.", "%(n)s readers are not done.", count)
    return text % {"n": count}


def _late_letter(facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    count = facts["letters"]
    text = ngettext(
        "%(n)s letter of reference came after the last review.",
        "%(n)s letters of reference came after the last review.",
        count,
    )
    return text % {"n": count}


SENTENCES: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "decider": lambda facts, told: _("Whoever proposed or approved it is in conflict with it now."),
    "few_readers": _few_readers,
    "incomplete": _incomplete,
    "letters": _letters,
    "duplicates": _duplicates,
    "seats": _seats,
    "twins": _twins,
    "below": _below,
    "preference": lambda facts, told: _(
        "Accepted for the second choice; the first has seats left."
    ),
    "read_in_conflict": lambda facts, told: _(
        "A review was handed in before the conflict was known."
    ),
    "early": _early,
    "late_letter": _late_letter,
    "unreachable": _unreachable,
    "places": _places,
}


def why(rule: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """What a rule found, in a sentence."""
    return SENTENCES[rule](facts, told)
