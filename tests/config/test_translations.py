"""The French of the interface: complete, compiled without gettext's programs, and typeset as in Québec."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

from config.translations import LOCALE, compile_all, compile_catalogue

ROOT = LOCALE.parent
CATALOGUE = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
NBSP = "\u00a0"
WRONG = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "a space before ; ! or ?": re.compile(r"\s[;!?]"),
    "no no-break space before a colon": re.compile(r"[^\W\d]:(?!//)\s|[^\W\d]:$| :"),
    "an ordinary space or none inside « »": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "an ordinary space before % or $": re.compile(r"\d [%$]"),
}
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "file"
msgid_plural "files"
msgstr[0] "dossier"
msgstr[1] "dossiers"

#, fuzzy
msgid "letter"
msgstr "laitue"
"""


def test_a_catalogue_is_compiled_and_doubtful_entries_stay_out(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    (compiled,) = compile_all(tmp_path)
    with compiled.open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.ngettext("file", "files", 2) == "dossiers"
    assert french.gettext("letter") == "letter"
    assert [path.name for path in folder.iterdir() if path.suffix == ".part"] == []


def test_a_fresh_one_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(PO)
    compiled = compile_catalogue(source)
    before = compiled.stat().st_mtime_ns
    compile_catalogue(source)
    assert compiled.stat().st_mtime_ns == before
    os.utime(source, ns=(before + 10**9, before + 10**9))
    compile_catalogue(source)
    assert compiled.stat().st_ino


@pytest.fixture(scope="module")
def french() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_entry_has_its_french(french: list[polib.POEntry]) -> None:
    assert [e.msgid for e in french if e.fuzzy or not all(texts(e))] == []


def test_the_french_is_typeset_as_in_quebec(french: list[polib.POEntry]) -> None:
    wrong = [
        f"{name}: {text}"
        for entry in french
        for text in texts(entry)
        for name, pattern in WRONG.items()
        if pattern.search(re.sub(r"<[^>]*>|https?://\S+|%\(\w+\)s", "x", text))
    ]
    assert wrong == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="Extraction needs gettext (make check).")
def test_the_catalogue_holds_every_text_of_the_source(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".*", "var", "tests", "bench", "static", "docs", "*.mo")
    shutil.copytree(ROOT, copy, ignore=ignored)
    extract = ["manage.py", "makemessages", "--locale=fr", "--no-location", "--no-obsolete", "-v0"]
    subprocess.run([sys.executable, *extract], cwd=copy, check=True)
    now = polib.pofile(str(copy / CATALOGUE.relative_to(ROOT)))
    kept = polib.pofile(str(CATALOGUE))

    def keys(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
        return {(e.msgctxt, e.msgid, e.msgid_plural) for e in catalogue if not e.obsolete}

    assert keys(now) - keys(kept) == set(), "Not in locale/fr: run makemessages and translate."
    assert keys(kept) - keys(now) == set(), "In locale/fr, and no longer in the source."


def test_in_french_nothing_is_said_in_the_plural_below_two() -> None:
    """A catalogue of an unknown language would count as English does: « 0 évaluations »."""
    sentence = ("%(n)s letter of reference is missing.", "%(n)s letters of reference are missing.")
    with translation.override("fr"):
        told = [ngettext(*sentence, n) % {"n": n} for n in (0, 1, 2)]
    assert told == [
        "Il manque 0 lettre de recommandation.",
        "Il manque 1 lettre de recommandation.",
        "Il manque 2 lettres de recommandation.",
    ]
