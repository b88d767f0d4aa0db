"""The house's own limits (docs/architecture.md): sizes, names, docstrings, templates. Fast, and plain about what is wrong."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import quantiles

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    *("audit", "notifications", "accounts", "papers", "cycles", "applications"),
    *("desk", "dossiers", "reviews", "committee", "answers", "followup", "permits"),
    *("reconciliation", "enrolment", "scholarships", "retention", "finding"),
    *("reports", "rehearsal"),
]
TEMPLATES = ROOT / "templates"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 400, 45, 35
MOST_MODELS, LONGEST_TEMPLATE = 10, 150
SAY_NOTHING = {
    *("services", "utils", "util", "helpers", "constants", "mixins", "managers"),
    *("signals", "base", "common", "core", "misc"),
}
# Django looks these up by name, without any file of ours mentioning them.
FOUND_BY_NAME = {f"{name}.html" for name in (400, 403, 404, 429, 500, 503, "403_csrf")}


@cache
def sources() -> tuple[Path, ...]:
    """Our Python files, without migrations and tests."""
    folders = [*ROOMS, "config", "bench"]
    found = (path for name in folders for path in sorted((ROOT / name).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def proofs() -> tuple[Path, ...]:
    """The test files."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text())


@cache
def templates() -> tuple[Path, ...]:
    """Our templates, letters included."""
    return tuple(
        path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt", ".svg"}
    )


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text().splitlines())


def at(path: Path, node: ast.AST | None = None) -> str:
    """Where: `applications/views/form.py:31`."""
    place = str(path.relative_to(ROOT))
    return f"{place}:{node.lineno}" if node is not None and hasattr(node, "lineno") else place


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def nothing_wrong(wrong: list[str], rule: str) -> None:
    """Fail with the rule and every place that breaks it."""
    if wrong:
        pytest.fail("\n  ".join([rule, *wrong]), pytrace=False)


# Sizes --------------------------------------------------------------------------------------------
def test_files_are_short() -> None:
    wrong = [
        f"{at(path)} has {lines(path)}"
        for path in [*sources(), *proofs()]
        if lines(path) > LONGEST_FILE
    ]
    nothing_wrong(wrong, f"A file has at most {LONGEST_FILE} lines:")


def length(node: Function) -> int:
    """The lines of a function, from `def` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_view(path: Path, node: Function) -> bool:
    """Whether a function takes a request in a module of views."""
    names = [argument.arg for argument in node.args.args]
    return "views" in str(path.relative_to(ROOT)) and names[:1] == ["request"]


def test_functions_are_short() -> None:
    wrong = []
    for path in [*sources(), *proofs()]:
        for node in functions(path):
            limit = LONGEST_VIEW if is_view(path, node) else LONGEST_FUNCTION
            if length(node) > limit:
                wrong.append(f"{at(path, node)} {node.name}: {length(node)} of {limit}")
    nothing_wrong(wrong, f"A function has {LONGEST_FUNCTION} lines, a view {LONGEST_VIEW}:")


def test_apps_have_few_models() -> None:
    counts = {name: len(list(apps.get_app_config(name).get_models())) for name in ROOMS}
    wrong = [f"{name}: {count}" for name, count in counts.items() if count > MOST_MODELS]
    nothing_wrong(wrong, f"An app has at most {MOST_MODELS} models:")


def test_templates_are_short() -> None:
    sizes = {path: lines(path) for path in templates()}
    if len(sizes) < 2:
        pytest.skip("There are no templates yet.")
    p95 = quantiles(sizes.values(), n=20, method="inclusive")[-1]
    longest = [f"{at(path)}: {size}" for path, size in sizes.items() if size > p95]
    nothing_wrong(
        longest if p95 > LONGEST_TEMPLATE else [],
        f"95 of 100 templates have at most {LONGEST_TEMPLATE} lines (now {p95:.0f}):",
    )


@pytest.mark.django_db
def test_models_have_their_migrations() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, no_color=True)
    except SystemExit:
        pytest.fail(f"Write the migrations of these changes:\n{said.getvalue()}", pytrace=False)


# Names and sentences ------------------------------------------------------------------------------
def test_names_say_something() -> None:
    wrong = [
        at(path)
        for path in sources()
        if path.stem in SAY_NOTHING and path != ROOT / "config/settings/base.py"
    ]
    nothing_wrong(wrong, "These names say nothing:")


def public(nodes: list[ast.stmt]) -> Iterator[ast.ClassDef | Function]:
    """The public classes and functions of a module, and the public methods of its classes."""
    for node in nodes:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            if node.name in {"Meta", "Media"}:
                continue
            yield from public(node.body)
        yield node


def is_overload(node: ast.ClassDef | Function) -> bool:
    """Whether the type checker alone reads it."""
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def test_everything_public_has_a_sentence() -> None:
    wrong = [at(path) for path in [*sources(), *proofs()] if not has_sentence(path)]
    wrong += [
        f"{at(path, node)} {node.name}"
        for path in sources()
        for node in public(tree(path).body)
        if not ast.get_docstring(node) and not is_overload(node)
    ]
    nothing_wrong(wrong, "A docstring sentence is missing:")


def has_sentence(path: Path) -> bool:
    """Whether a module says what it is for; an empty file needs no words."""
    return bool(ast.get_docstring(tree(path))) or not path.read_text().strip()


# Imports and signals ------------------------------------------------------------------------------
def test_imports_are_at_the_top() -> None:
    wrong = [
        at(path, inner)
        for path in sources()
        for node in functions(path)
        if node.name != "ready" or path.name != "apps.py"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    nothing_wrong(wrong, "An import stands inside a function (only AppConfig.ready may):")


def test_there_are_no_signals() -> None:
    named = re.compile(r"\.signals$|^django\.dispatch")
    wrong = [
        at(path, node)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and named.search(node.module or "")
    ]
    nothing_wrong(wrong, "Nothing is propagated by signals; a verb says what follows:")


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    files = [*sources(), *proofs(), *templates(), *ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
    wrong = [
        f"{at(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if marks.search(line)
    ]
    nothing_wrong(wrong, "Do it or drop it:")


def test_locks_name_no_registry() -> None:
    wrong = [
        f"{path.name}:{number}"
        for path in ROOT.glob("requirements*.lock")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "://" in line or line.startswith(("-i", "--index", "--extra-index"))
    ]
    nothing_wrong(wrong, "A lock file holds names, versions and hashes only:")


# Templates ----------------------------------------------------------------------------------------
def test_every_template_is_used() -> None:
    words = "\n".join(path.read_text() for path in [*sources(), *templates()])
    wrong = [at(path) for path in templates() if not is_used(path, words)]
    nothing_wrong(wrong, "Nothing uses these templates:")


def is_used(path: Path, words: str) -> bool:
    """Whether a template is named by us, found by Django, a letter, or stands in for a package's."""
    name = str(path.relative_to(TEMPLATES))
    if name in FOUND_BY_NAME or f'"{name}"' in words or f"'{name}'" in words:
        return True
    if path.parent.name == "emails":
        return f'"{path.name.split(".")[0]}"' in words
    if f'f"{Path(name).parent}/{{' in words:  # one for each value of something, chosen by its name
        return True
    return any((Path(folder) / name).exists() for folder in packages_templates())


@cache
def packages_templates() -> tuple[str, ...]:
    """The template folders of installed packages, whose pages ours may replace."""
    return tuple(
        str(Path(app.path) / "templates") for app in apps.get_app_configs() if app.name not in ROOMS
    )


def test_every_template_compiles() -> None:
    for path in templates():
        if path.parent.name != "emails" or path.suffix == ".html":
            get_template(str(path.relative_to(TEMPLATES)))


@cache
def url_names() -> frozenset[str]:
    """Every name that `{% url %}` may use, namespaces included."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, inner)
            elif pattern.name:
                yield f"{space}{pattern.name}"

    return frozenset(walk(get_resolver().url_patterns, ""))


def test_every_link_leads_somewhere() -> None:
    link = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")
    wrong = [
        f"{at(path)}: {name}"
        for path in templates()
        for name in link.findall(path.read_text())
        if name not in url_names()
    ]
    nothing_wrong(wrong, "No page has this name:")


def test_pages_hold_no_script_and_no_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=|hx-on|javascript:")
    tag = re.compile(r"{%.*?%}")
    wrong = [
        f"{at(path)}:{number}"
        for path in templates()
        # A letter is no page of ours: mail programs know no other styles.
        if path.suffix == ".html" and path.parent.name != "emails"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(tag.sub("", line))
    ]
    nothing_wrong(wrong, "The content security policy forbids inline scripts and styles:")
