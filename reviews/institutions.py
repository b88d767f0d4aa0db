"""Names of institutions and companies, written in many ways: when two of them mean the same.

A name is cut at its commas, dashes and parentheses. Of each part, the words that tell what kind of place it is
(university, college, school…) are held apart from the words that name it, in French, English and a few other
languages: “University of Montreal” and “Université de Montréal (DIRO)” meet, “University of Washington” and
“Washington University in St. Louis” do not, and a city after a comma is no institution.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# The words of a place's kind, whatever the language.
KINDS = {
    word: kind
    for kind, words in {
        "university": "universite university universidad universita universitat universidade univ u uni "
        "universiteit universitet universitetet universytet universitas universitesi uniwersytet",
        "college": "college colegio cegep collegium collegio",
        "institute": "institute institut instituto istituto instituut",
        "school": "school ecole escuela escola scuola hochschule",
    }.items()
    for word in words.split()
}
# Words that name nothing: small words, departments, forms of companies.
EMPTY = frozenset(
    "a an and at by de del della des di do du da d e el en et for fur il in l la las le les lo of on the und van "
    "von y dept department departement faculty faculte campus inc ltd ltee llc corp corporation co cie company "
    "compagnie gmbh sa sas srl plc ag group groupe".split()
)
# Alone these are no name: “Institute of Technology”, “National University”.
VAGUE = frozenset(
    "technology technologies technologie technologique tech science sciences national nationale nacional state "
    "research recherche engineering ingenierie medicine business international polytechnic applied appliquees "
    "federal federale central public general consulting services solutions software canada self employed "
    "freelance independant independent startup".split()
)
# Names that no spelling brings together. Everybody's ties add to them, a line each: `UdeM = Université de Montréal`.
KNOWN_BY = """
UdeM = Université de Montréal = DIRO
UQAM = Université du Québec à Montréal
ÉTS = École de technologie supérieure
Poly Montréal = PolyMTL = Polytechnique Montréal = École Polytechnique de Montréal
HEC = HEC Montréal
ULaval = Université Laval
UdeS = Université de Sherbrooke
UofT = University of Toronto
UBC = University of British Columbia
MIT = Massachusetts Institute of Technology
EPFL = École polytechnique fédérale de Lausanne
CNRS = Centre national de la recherche scientifique
ENS = École normale supérieure
IIT Bombay = Indian Institute of Technology Bombay
Mila = Mila Quebec AI Institute = Institut québécois d’intelligence artificielle
"""
# Where a company is says little: “Google Canada” and “Google Montréal” are “Google”.
PLACES = frozenset(
    "canada quebec montreal toronto ottawa vancouver france usa us uk europe".split()
)
CUTS = re.compile(r"[(),;:/|\[\]]| [-–—] ")


def folded(text: str) -> str:
    """Lower case, without accents, apostrophes as spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def words_of(text: str) -> list[str]:
    """The words and figures of a text, folded."""
    return re.findall(r"[^\W_]+", folded(text))


@dataclass(frozen=True)
class Name:
    """What a part of a name says: the kinds of place, and the words that name it."""

    kinds: frozenset[str]
    words: frozenset[str]


def name_of(text: str) -> Name | None:
    """The name that one part of a text gives; None when it names nothing."""
    words = words_of(text)
    kinds = frozenset(KINDS[word] for word in words if word in KINDS)
    named = frozenset(word for word in words if word not in KINDS and word not in EMPTY)
    return Name(kinds, named) if named - VAGUE else None


class Aliases:
    """Names that are one place though they share no word."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._same: dict[Name, Name] = {}
        for line in [*KNOWN_BY.splitlines(), *lines]:
            group = [name for name in map(name_of, line.split("=")) if name]
            if len(group) > 1:
                chief = next((self._same[one] for one in group if one in self._same), group[-1])
                for one in group:
                    self._same.setdefault(one, chief)

    def names(self, text: str) -> Iterator[tuple[Name, bool]]:
        """The places that a text names, and whether each stands first: there a bare “McGill” is a name too."""
        parts = [part for part in CUTS.split(text) if part.strip()]
        for index, part in enumerate(parts):
            if name := name_of(part):
                alias = self._same.get(name)
                yield alias or name, index == 0 or alias is not None
                bare = name.words - PLACES
                if not alias and not name.kinds and bare != name.words and bare - VAGUE:
                    yield Name(name.kinds, bare), index == 0


def meet(one: Name, other: Name) -> bool:
    """Whether two names with the same words mean one place: of one kind, or one of them says no kind."""
    return one.kinds == other.kinds or not one.kinds or not other.kinds
