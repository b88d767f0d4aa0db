"""The eight questions of self-identification, with their answers: data, in the order of the page.

The headings are those of the federal granting agencies, the population groups those of the census (Statistics Canada).
An answer has a code, which is kept sealed, and words, which may be reworded. `ALONE` marks an answer that goes with no
other. "I prefer not to answer" is an answer; no answer at all is the absence of the code.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scholarships.vault.counting import Question

PREFER_NOT = "prefer_not"
PREFER_NOT_WORDS = _("I prefer not to answer")
# What is counted of people who chose no answer of the list, and wrote their own words.
OWN = "own_words"
OWN_WORDS = _("In their own words")
MY_WORDS = _("In my own words")
LONGEST_WORDS = 120
YES_NO = (("yes", _("Yes")), ("no", _("No")))

Options = tuple[tuple[str, Promise], ...]


@dataclass(frozen=True)
class Dimension:
    """One question. `counted`: the options of the figures, where they are fewer than those of the page."""

    code: str
    title: Promise
    short: Promise
    options: Options
    hint: Promise | str = ""
    many: bool = False
    has_words: bool = False
    words_label: Promise = MY_WORDS
    alone: frozenset[str] = frozenset({PREFER_NOT})
    counted: Options = ()
    into: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Options:
        """The options of the page."""
        return (*self.options, (PREFER_NOT, PREFER_NOT_WORDS))

    @property
    def words_code(self) -> str:
        """Where a person's own words are kept."""
        return f"{self.code}_words"

    @property
    def told(self) -> Options:
        """The lines of the figures, in order."""
        own = ((OWN, OWN_WORDS),) if self.has_words and OWN not in self.into else ()
        return (*(self.counted or self.options), *own, (PREFER_NOT, PREFER_NOT_WORDS))

    @property
    def question(self) -> Question:
        """What the vault counts."""
        options = tuple(code for code, _words in self.told)
        return Question(self.code, options, self.many and not self.counted, self.into)


def _all_yes(options: Options) -> dict[str, str]:
    """Every kind counts as a yes; a no stays a no."""
    return {code: "yes" for code, _words in options if code != "no"} | {OWN: "yes"}


INDIGENOUS: Options = (
    ("first_nations", _("First Nations")),
    ("inuit", _("Inuit")),
    ("metis", _("Métis")),
    ("indigenous_other", _("Indigenous people from elsewhere in the world")),
    ("no", _("No")),
)
DISABILITY: Options = (
    ("seeing", _("Seeing")),
    ("hearing", _("Hearing")),
    ("moving", _("Moving, dexterity")),
    ("pain", _("Pain or a chronic illness")),
    ("learning", _("Learning, attention, autism")),
    ("mental_health", _("Mental health")),
    ("disability_other", _("Another one")),
    ("no", _("No disability")),
)
NO_ALONE = frozenset({PREFER_NOT, "no"})

DIMENSIONS: tuple[Dimension, ...] = (
    Dimension(
        "age",
        _("How old are you?"),
        _("Age"),
        (
            ("under_25", _("24 or younger")),
            ("from_25", _("25 to 34")),
            ("from_35", _("35 to 44")),
            ("from_45", _("45 to 54")),
            ("from_55", _("55 or older")),
        ),
    ),
    Dimension(
        "gender",
        _("What is your gender?"),
        _("Gender"),
        (
            ("woman", _("Woman")),
            ("man", _("Man")),
            ("non_binary", _("Non-binary")),
            ("two_spirit", _("Two-Spirit")),
        ),
        hint=_("Choose all that apply."),
        many=True,
        has_words=True,
    ),
    Dimension(
        "orientation",
        _("What is your sexual orientation?"),
        _("Sexual orientation"),
        (
            ("asexual", _("Asexual")),
            ("bisexual", _("Bisexual")),
            ("gay", _("Gay")),
            ("heterosexual", _("Heterosexual")),
            ("lesbian", _("Lesbian")),
            ("pansexual", _("Pansexual")),
            ("queer", _("Queer")),
            ("two_spirit", _("Two-Spirit")),
        ),
        hint=_("Choose all that apply."),
        many=True,
        has_words=True,
    ),
    Dimension(
        "indigenous",
        _("Do you identify as an Indigenous person?"),
        _("Indigenous identity"),
        INDIGENOUS,
        hint=_("Choose all that apply."),
        many=True,
        alone=NO_ALONE,
        counted=YES_NO,
        into=_all_yes(INDIGENOUS),
    ),
    Dimension(
        "visible_minority",
        _("Do you consider yourself part of a racialized group or visible minority?"),
        _("Racialized group or visible minority"),
        YES_NO,
    ),
    Dimension(
        "population_group",
        _("Which population groups do you belong to?"),
        _("Population group"),
        (
            ("arab", pgettext_lazy("population group", "Arab")),
            ("black", pgettext_lazy("population group", "Black")),
            ("chinese", pgettext_lazy("population group", "Chinese")),
            ("filipino", pgettext_lazy("population group", "Filipino")),
            ("japanese", pgettext_lazy("population group", "Japanese")),
            ("korean", pgettext_lazy("population group", "Korean")),
            ("latin_american", pgettext_lazy("population group", "Latin American")),
            ("south_asian", _("South Asian (such as Indian, Pakistani, Sri Lankan)")),
            ("southeast_asian", _("Southeast Asian (such as Vietnamese, Cambodian, Thai)")),
            ("west_asian", _("West Asian (such as Iranian, Afghan)")),
            ("white", pgettext_lazy("population group", "White")),
        ),
        hint=_("The groups of Canada’s census. Choose all that apply."),
        many=True,
        has_words=True,
    ),
    Dimension(
        "disability",
        _("Do you live with a disability, visible or not?"),
        _("Disability"),
        DISABILITY,
        hint=_(
            "Choose all that apply. This is not a request for accommodation: "
            "ask for that on the page of accommodation needs."
        ),
        many=True,
        has_words=True,
        alone=NO_ALONE,
        counted=YES_NO,
        into=_all_yes(DISABILITY),
    ),
    Dimension(
        "language",
        _("Which language did you first learn at home and still understand?"),
        _("First language"),
        (
            ("french", _("French")),
            ("english", _("English")),
            ("indigenous_language", _("An Indigenous language")),
            ("language_other", _("Another language")),
        ),
        hint=_("Choose all that apply."),
        many=True,
        has_words=True,
        words_label=_("Which one, in my own words"),
    ),
)
BY_CODE = {dimension.code: dimension for dimension in DIMENSIONS}
QUESTIONS = tuple(dimension.question for dimension in DIMENSIONS)
