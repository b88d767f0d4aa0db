"""Countries in the reader's language, from CLDR through Babel."""

from functools import cache
from unicodedata import combining, normalize

from babel import Locale
from django.utils.translation import get_language

NOT_COUNTRIES = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "ZZ",
}


@cache
def names(language: str) -> dict[str, str]:
    """ISO 3166 code to name in `fr` or `en`, in that language's order."""
    territories = Locale.parse(f"{language}_CA").territories
    countries = {
        code: name[0].upper() + name[1:]
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }
    return dict(sorted(countries.items(), key=lambda item: bare(item[1])))


def bare(name: str) -> str:
    """Without accents and case: `Équateur` stands before `Espagne`."""
    letters = normalize("NFD", name)
    return "".join(letter for letter in letters if not combining(letter)).casefold()


def spoken() -> str:
    """The page's language, as two letters."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def choices() -> list[tuple[str, str]]:
    """For a select: an empty choice, then every country."""
    return [("", "—"), *names(spoken()).items()]


def name_of(code: str) -> str:
    """The country's name in the page's language; the code itself when unknown."""
    return names(spoken()).get(code, code)
