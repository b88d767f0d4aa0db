"""The papers tell what is there: each setting, the words of the pages, and links that lead somewhere."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")])
OPERATIONS = (ROOT / "docs/operations.md").read_text()
# Read by a reader of config.env, from os.environ, or from the environment that `make run` was given.
READ = re.compile(
    r"(?:env\.\w+|environ\.get|environment\.get|self\.given, |environment, )\(?\"([A-Z_]{4,})\""
)


def settings_read() -> set[str]:
    """Every variable of the environment that the product looks at."""
    sources = [*ROOT.glob("config/*.py"), *ROOT.glob("config/settings/*.py")]
    sources += [ROOT / "deploy/healthcheck.py", ROOT / "Makefile"]
    return {name for path in sources for name in READ.findall(path.read_text())}


def settings_told() -> set[str]:
    """Every variable that a table of docs/operations.md explains."""
    rows = [line.split("|")[1] for line in OPERATIONS.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]{4,})`", row)}


def test_every_setting_is_explained() -> None:
    assert settings_read() >= {"SECRET_KEY", "DATABASE_URL", "WEB_WORKERS", "PORT"}
    assert settings_read() - settings_told() == set()


def test_every_explained_setting_exists() -> None:
    words = "".join(path.read_text() for path in ROOT.glob("config/**/*.py"))
    words += "".join(
        (ROOT / name).read_text() for name in ("docker-compose.yml", "deploy/healthcheck.py")
    )
    assert {name for name in settings_told() if name not in words} == set()


@cache
def french() -> dict[str, set[str]]:
    """What each English text is in French, in lower case."""
    known: dict[str, set[str]] = {}
    for entry in polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po")):
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        known.setdefault(entry.msgid.lower(), set()).update(text.lower() for text in texts if text)
    return known


def test_the_glossary_has_the_words_of_the_pages() -> None:
    glossary = (ROOT / "docs/domain.md").read_text().partition("## Glossary")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", glossary, re.M)[2:]
    told = {english: words for english, words in rows if english in french()}
    assert len(told) >= 60
    assert {
        english: words for english, words in told.items() if words not in french()[english]
    } == {}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text())
    wanted = [link for link in links if not link.startswith("docs/screenshots/")]
    assert [link for link in wanted if not (paper.parent / link).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_papers_name_files_that_are_there(paper: Path) -> None:
    named = re.findall(
        r"`((?:config|tests|deploy|accounts|applications|docs)/[\w./-]+\.\w+)`", paper.read_text()
    )
    assert [name for name in named if not (ROOT / name).exists()] == []
