"""The facts of a file at UdeM as plain texts, so that they can be sealed, compared and put back exactly. Pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from followup.models import Filing, UdemFile
from followup.models.udem import NUMBERLESS
from followup.sealing import mark
from followup.student_centre import KEPT

Facts = dict[str, str]
MOMENT = "confirmed_at"
TEXTS = ("status", "number", "condition")
DAYS = tuple(name for name in KEPT if name not in TEXTS)


def plain(udem_file: UdemFile) -> Facts:
    """Step, facts and confirmation, each as a text; nothing for what is not known."""
    told = {name: getattr(udem_file, name) for name in (*KEPT, MOMENT)}
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else str(value or "")
        for name, value in told.items()
    }


def columns(facts: Mapping[str, str]) -> dict[str, Any]:
    """The same as values of the table's columns, without the step, which moves; with the number's mark."""
    days = {name: date.fromisoformat(facts[name]) if facts[name] else None for name in DAYS}
    confirmed = datetime.fromisoformat(facts[MOMENT]) if facts[MOMENT] else None
    texts = {"number": facts["number"], "condition": facts["condition"]}
    return {**days, **texts, "number_mark": mark(facts["number"]), MOMENT: confirmed}


def lacking(facts: Mapping[str, str]) -> list[str]:
    """What these facts lack to be written: the constraints of the table, one word each."""
    lacks = []
    step = facts["status"]
    is_filed = bool(facts["number"] and facts["filed_on"])
    if step == Filing.TO_FILE and (facts["number"] or facts["filed_on"]):
        lacks.append("step")
    if step not in NUMBERLESS and not is_filed:
        lacks.append("filing")
    if step == Filing.CONDITIONAL and not facts["condition"]:
        lacks.append("condition")
    if (due := facts["documents_due_on"]) and not "" < facts["documents_asked_on"] <= due:
        lacks.append("documents")
    return lacks


def written(told: Mapping[str, Any]) -> str:
    """Plain data as it is sealed; the same data gives the same text."""
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def read(text: str) -> dict[str, Any]:
    """Counterpart of `written`."""
    told: dict[str, Any] = json.loads(text) if text else {}
    return told
