"""What the code around the vault may not even be written to do: read from the code itself, pages of tomorrow included."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from scholarships import abouts
from tests.test_house import ROOT, at, nothing_wrong, sources, templates, tree

ROOM = ROOT / "scholarships"
VAULT = ROOM / "vault"
ABOUTS = ROOM / "abouts.py"
KINDS = {abouts.IDENTIFICATION, abouts.DECLARATION, abouts.BUDGET, abouts.PROOF}
# Words that no table and no page of Django admin has for a column: what they mean is said to the vault alone.
SAID_TO_THE_VAULT = {
    *("gender", "orientation", "indigenous", "visible_minority", "population_group", "disability"),
    *("age", "words", "circumstances", "declaration", "income", "expenses", "lines", "rent"),
    *(KINDS - {abouts.BUDGET}),  # a round has a budget of its own
}
# Where the tables of this room hold sentences or plain data: nothing in them is anybody's secret. Whoever adds one asks
# first whether it belongs to the vault.
FREE_OF_CANDIDACIES = {"number", "statement", "consents", "sent", "writer"}
VERBS = "scholarships.vault.entries"
# What tells yes or no, and types.
HARMLESS = {"stands", "standing", "About", "Disclosure", "Refused"}
# Names that hold whole sentences of ours, where they come from looked at one by one.
SENTENCES = {"sentence", "lacks", "refused", "text", "PROBLEMS[problem]"}
# Of the pages beside the vault, those on which nothing confidential is typed: the statement, which the panel reads, and
# acts that are one button. They go on after signing in again, as everywhere.
NOTHING_IS_CONFIDED = {
    *("scholarship_begin", "scholarship_statement", "_save", "_show", "scholarship_send"),
    *("_look_over", "scholarship_withdraw", "scholarship_restore", "scholarship_consent_withdraw"),
    *("scholarship_confidential_erase", "scholarship_proof_erase", "confidential_erase"),
    *("self_identification_erase", "edi_need", "edi_shortlist", "edi_shortlist_undo"),
    "edi_aggregates_give",
}
COUNTED = {"'n'", "'stage'"}
STATEMENT = "scholarship_statement.html"
PLACES = ("models", "admin.py", "cycle_parts.py", "migrations")


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules, and the names in them, that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return frozenset(found)


def module(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def knows(path: Path) -> bool:
    """Whether a file imports what leads into the vault."""
    return any(
        one.startswith(("scholarships.vault", "scholarships.abouts")) for one in imports(path)
    )


def opens(path: Path) -> bool:
    """Whether words go through a file: it asks the vault for more than whether something is there."""
    asked = {one.rpartition(".")[2] for one in imports(path) if one.startswith(f"{VERBS}.")}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "entries":
            asked.add(node.attr)
    return knows(path) and bool(asked - HARMLESS)


@cache
def confided() -> tuple[Path, ...]:
    """The files through whose hands what is said in the vault goes: those that open it, and those that call these."""
    first = {path for path in sources() if opens(path) or VAULT in path.parents or path == ABOUTS}
    called = {module(path) for path in first if opens(path)}
    second = {path for path in sources() if imports(path) & called and ROOM in path.parents}
    return tuple(sorted(first | second))


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with the name of what is called: `messages.success`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_these_files_are_looked_at() -> None:
    names = {module(path) for path in confided()}
    assert {"scholarships.abouts", "scholarships.vault.entries", "scholarships.vault.keys"} <= names


def test_one_place_says_whom_an_entry_is_about() -> None:
    wrong = [
        at(path, call)
        for path in sources()
        for call, name in calls(path)
        if name.split(".")[-1] == "About" and path != ABOUTS
    ]
    nothing_wrong(wrong, "An `About` is made in scholarships/abouts.py and nowhere else:")


def test_one_room_has_the_key_of_the_connection() -> None:
    wrong = [
        at(path, node)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Subscript)
        and ast.unparse(node) in ("connections['vault']", "caches['vault']")
        and VAULT not in path.parents
    ]
    nothing_wrong(wrong, "Only scholarships/vault speaks to the vault's database:")


@pytest.mark.parametrize(
    "what", ["logging", "django.core.cache", "traceback", "warnings", "pprint"]
)
def test_nothing_is_imported_that_writes_down(what: str) -> None:
    wrong = [at(path) for path in confided() if what in imports(path)]
    nothing_wrong(wrong, f"What handles the vault's words does not import {what}:")


def test_nothing_is_printed_kept_or_put_off() -> None:
    """No print, no task with arguments, no draft, no session, no error that repeats a value."""
    wrong = []
    for path in confided():
        for call, name in calls(path):
            if name in ("print", "repr", "breakpoint") or name.endswith(
                (".delay", ".apply_async", ".send_task", ".session.update", ".session.setdefault")
            ):
                wrong.append(f"{at(path, call)} {name}")
        for node in ast.walk(tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            wrong += [at(path, node) for one in targets if "session[" in ast.unparse(one)]
    nothing_wrong(wrong, "What handles the vault's words keeps them nowhere else:")


def is_ours(text: ast.expr) -> bool:
    """A sentence of ours, translated: `_("…")`, or a name that was given one; formatted at most with counts."""
    if isinstance(text, ast.Call):
        return ast.unparse(text.func) in ("_", "gettext", "ngettext", "pgettext", "str")
    if isinstance(text, ast.IfExp):
        return is_ours(text.body) and is_ours(text.orelse)
    if isinstance(text, ast.BinOp) and isinstance(
        text.right, ast.Dict
    ):  # counts, and names of stages
        return is_ours(text.left) and all(
            ast.unparse(key) in COUNTED for key in text.right.keys if key
        )
    return isinstance(text, ast.Constant) or ast.unparse(text) in SENTENCES


def test_messages_and_refusals_are_sentences_of_ours() -> None:
    """A message waits in a cookie or a session, and a refusal becomes one: no word of a person is in it."""
    wrong = [
        f"{at(path, call)} {ast.unparse(call)[:60]}"
        for path in confided()
        for call, name in calls(path)
        if (name.startswith("messages.") and not all(is_ours(one) for one in call.args[1:2]))
        or (name == "Refused" and not all(is_ours(one) for one in call.args))
    ]
    nothing_wrong(
        wrong, "A message beside the vault is a whole sentence of ours, with nothing filled in:"
    )


def test_every_view_beside_the_vault_keeps_no_form() -> None:
    """Where a session ended, what was typed waits in the next one, in clear: not here."""
    wrong = []
    for path in confided():
        if "views" not in path.parts:
            continue
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.args.args[:1]:
                marks = {
                    ast.unparse(one).split("(")[0].split(".")[-1] for one in node.decorator_list
                }
                takes = "POST" in ast.unparse(node) or "require_POST" in marks
                if (
                    node.args.args[0].arg == "request"
                    and takes
                    and not ("never_kept" in marks or node.name in NOTHING_IS_CONFIDED)
                ):
                    wrong.append(f"{at(path, node)} {node.name}")
    nothing_wrong(
        wrong, "A view beside the vault that takes a form is `never_kept` (accounts.door):"
    )


def test_no_table_has_a_column_for_it() -> None:
    wrong = [
        f"{model._meta.label}.{one.name}"
        for model in apps.get_app_config("scholarships").get_models()
        for one in model._meta.get_fields()
        if one.name in SAID_TO_THE_VAULT
    ]
    wrong += [one._meta.label for one in apps.get_app_config("vault").get_models()]
    nothing_wrong(wrong, "What is said in the vault has no column and no model:")


def test_a_candidacy_holds_no_other_words() -> None:
    free = {
        one.name
        for one in apps.get_model("scholarships", "Candidacy")._meta.concrete_fields
        if isinstance(
            one, models.TextField | models.CharField | models.JSONField | models.FileField
        )
        and not one.choices
    }
    assert free == FREE_OF_CANDIDACIES, "Is it a secret? Then it belongs to the vault."


def test_django_admin_and_the_tables_do_not_know_the_vault() -> None:
    wrong = [
        at(path)
        for path in sources()
        if knows(path) and any(place in path.parts for place in PLACES)
    ]
    wrong += [
        f"{model._meta.label}: {name}"
        for model, entry in admin.site._registry.items()
        if model._meta.app_label in ("scholarships", "vault")
        for name in (*(entry.list_display or ()), *(entry.search_fields or ()))
        if str(name).split("__")[-1] in SAID_TO_THE_VAULT
    ]
    nothing_wrong(wrong, "Django admin shows nothing of the vault:")


def test_no_browser_keeps_what_is_typed() -> None:
    """Autosave and drafts put text into the browser's store, where the next person at the machine finds it."""
    kept = ("data-draft", "data-autosave", "data-review", "autosave.js", "review.js")
    wrong = [
        f"{at(path)}: {one}"
        for path in templates()
        if path.parent.name == "scholarships" and path.name != STATEMENT
        if names_a_confidence(path)
        for one in kept
        if one in path.read_text()
    ]
    nothing_wrong(wrong, "A form of the vault is kept by no script:")


def names_a_confidence(path: Path) -> bool:
    """Whether a template is one of a view whose module goes to the vault."""
    words = [one.read_text() for one in confided() if "views" in one.parts]
    return any(f"scholarships/{path.name}" in text for text in words)
