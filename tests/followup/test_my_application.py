"""The applicant's home: the title is the state, in both languages, for every state."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.models import Cycle
from desk import closing
from followup import calls, offers, step_dates
from followup.models import Filing
from followup.situation import State
from tests import factories
from tests.followup import udem_world
from tests.followup.factories import NUMBER, World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
LONG = timedelta(days=500)


def shift(cycle: Cycle, by: timedelta) -> None:
    """Move every date of the cycle."""
    for field in Cycle._meta.concrete_fields:
        if field.value_from_object(cycle) and field.get_internal_type().startswith("Date"):
            setattr(cycle, field.name, getattr(cycle, field.name) + by)
    cycle.save()


def before(world: World, user: User) -> None:
    shift(world.cycle, timedelta(days=60))


def closed(world: World, user: User) -> None:
    shift(world.cycle, -timedelta(days=20))


def draft(world: World, user: User) -> None:
    factories.draft(user, world.cycle, complete=False)


def unsubmitted(world: World, user: User) -> None:
    draft(world, user)
    closed(world, user)


def submitted(world: World, user: User) -> None:
    world.submitted(user)


def reading(world: World, user: User) -> None:
    world.submitted(user)
    closed(world, user)


def reopened(world: World, user: User) -> None:
    lifecycle.reopen(world.submitted(user), by=user, at=timezone.now())


def withdrawn(world: World, user: User) -> None:
    lifecycle.withdraw(world.submitted(user), by=user)


def incomplete(world: World, user: User) -> None:
    closing.close_incomplete(world.submitted(user), by=world.claire, why="It never came.")


def declined(world: World, user: User) -> None:
    offers.decline(world.answered(user), by=user, at=timezone.now())


def lapsed(world: World, user: User) -> None:
    world.answered(user)
    shift(world.cycle, -timedelta(days=69))


def over(world: World, user: User) -> None:
    world.answered(user, "waitlist")
    shift(world.cycle, -timedelta(days=145))


def called(world: World, user: User) -> None:
    decision = world.answered(user, "waitlist")
    calls.call(decision, by=world.claire, at=timezone.now(), why="A director asked for it.")


Prepare = Callable[[World, User], object]


def at_step(status: Filing) -> Prepare:
    """A file that is at this step at UdeM."""
    return lambda world, user: udem_world.at(world, user, status)


STATES: dict[str, tuple[Prepare, str, str]] = {
    "before": (
        before,
        "Les demandes ne sont pas encore ouvertes",
        "Applications are not open yet",
    ),
    "start": (
        lambda world, user: None,
        "Vous n’avez pas commencé de demande",
        "You have not begun an application",
    ),
    "closed": (
        closed,
        "Aucune période n’est ouverte en ce moment",
        "No cycle is open at the moment",
    ),
    "draft": (
        draft,
        "Votre demande est un brouillon\xa0: elle n’est pas soumise",
        "Your application is a draft: it is not submitted",
    ),
    "unsubmitted": (
        unsubmitted,
        "Votre demande n’a pas été soumise",
        "Your application was not submitted",
    ),
    "submitted": (submitted, "Nous avons reçu votre demande", "We have received your application"),
    "reading": (
        reading,
        "Votre demande est en cours de lecture",
        "Your application is being read",
    ),
    "reopened": (reopened, "Vous modifiez votre demande", "You are changing your application"),
    "withdrawn": (withdrawn, "Vous avez retiré votre demande", "You withdrew your application"),
    "selected": (
        World.answered,
        "Mila a retenu votre candidature",
        "Mila has selected your application",
    ),
    "called": (called, "Une place s’est libérée pour vous", "A place has come up for you"),
    "lapsed": (
        lapsed,
        "Le délai pour répondre à notre offre est passé",
        "The time to reply to our offer is over",
    ),
    "declined": (declined, "Vous avez décliné notre offre", "You declined our offer"),
    "to_file": (World.accepted, "Vous avez accepté notre offre", "You have accepted our offer"),
    "filed": (
        World.filed,
        "Vous avez fait votre demande à l’université",
        "You have applied to the university",
    ),
    "documents": (
        at_step(Filing.DOCUMENTS),
        "L’université demande des documents",
        "The university asks for documents",
    ),
    "admitted": (
        at_step(Filing.ADMITTED),
        "L’université vous admet",
        "The university admits you",
    ),
    "conditional": (
        at_step(Filing.CONDITIONAL),
        "L’université vous admet à une condition",
        "The university admits you on a condition",
    ),
    "udem_refused": (
        at_step(Filing.REFUSED),
        "L’université a refusé votre demande",
        "The university has refused your application",
    ),
    "udem_closed": (
        at_step(Filing.CLOSED),
        "L’université a fermé votre dossier",
        "The university has closed your file",
    ),
    "udem_accepted": (
        at_step(Filing.ACCEPTED),
        "Vous avez accepté l’offre de l’université",
        "You have accepted the university’s offer",
    ),
    "registered": (
        at_step(Filing.REGISTERED),
        "Votre inscription est faite\u00a0: bienvenue",
        "You are registered: welcome",
    ),
    "deferred": (at_step(Filing.DEFERRED), "Votre place est reportée", "Your place is deferred"),
    "not_registered": (
        at_step(Filing.NOT_REGISTERED),
        "Vous ne vous êtes pas inscrit ou inscrite à l’université",
        "You did not register at the university",
    ),
    "incomplete": (
        incomplete,
        "Votre demande a été fermée\u00a0: elle est incomplète",
        "Your application was closed: it is incomplete",
    ),
    "waitlist": (
        lambda world, user: world.answered(user, "waitlist"),
        "Vous êtes en liste d’attente",
        "You are on the waitlist",
    ),
    "wait_over": (
        over,
        "La liste d’attente a pris fin",
        "The waitlist has ended",
    ),
    "not_selected": (
        lambda world, user: world.answered(user, "decline"),
        "Nous ne pouvons pas vous offrir une place",
        "We cannot offer you a place",
    ),
}


def test_every_state_is_shown_here() -> None:
    assert {*STATES} - {"reading", "called"} == {*State}


@pytest.mark.parametrize("name", STATES)
def test_the_title_is_the_state(world: World, amina: User, name: str) -> None:
    prepare, *titles = STATES[name]
    prepare(world, amina)
    browser = signed_in(amina)
    for language, title in zip(("fr", "en"), titles, strict=True):
        response = browser.get(address("my_application", language=language))
        page = unescape(response.content.decode())
        assert response.status_code == 200
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [title]
        assert f"<title>{title} — " in page


def page_of(user: User, language: str = "en") -> str:
    return unescape(
        signed_in(user).get(address("my_application", language=language)).content.decode()
    )


def test_the_start_button_posts_the_cycle(world: World, amina: User) -> None:
    page = page_of(amina)
    assert f'action="{address("application_start", language="en")}"' in page
    assert f'name="cycle" value="{world.cycle.pk}"' in page


def test_a_draft_says_what_lacks_and_where_to_go_on(world: World, amina: User) -> None:
    draft(world, amina)
    page = page_of(amina)
    number = Application.objects.get().number
    assert address("application_step", number, "you", language="en") in page
    assert "Nobody reads a draft" in page


def test_a_complete_draft_leads_to_the_check(world: World, amina: User) -> None:
    application = factories.draft(amina, world.cycle)
    page = page_of(amina)
    assert address("application_review", application.number, language="en") in page
    assert "Nothing is missing. Nobody reads a draft" in page


def test_submitted_can_be_reopened_before_the_close_only(world: World, amina: User) -> None:
    number = world.submitted(amina).number
    reopen = address("application_reopen", number, language="en")
    assert reopen in page_of(amina)
    shift(world.cycle, -timedelta(days=20))
    assert reopen not in page_of(amina)


def test_the_offer_says_what_each_choice_means(world: World, amina: User) -> None:
    number = world.answered(amina).application.number
    page = page_of(amina)
    for part in (
        f'action="{address("offer_accept", number, language="en")}"',
        address("offer_decline", number, language="en"),
        "If you say yes",
        "If you say no",
        "217-510, segment 77",
        "data-local",
    ):
        assert part in page


def test_the_udem_card_has_the_program_and_both_dates(world: World, amina: User) -> None:
    offer = world.accepted(amina)
    page = page_of(amina, "fr")
    assert "217-510, segment 77" in page
    assert "23\xa0h\xa059 (heure de Montréal)" in page
    assert "L’université dit «\xa0avant le" in page
    assert f'action="{address("udem_report", offer.decision.application.number)}"' in page
    assert "Permis de travail coop" in page, "the M.Sc. has a compulsory internship"


def test_no_permits_for_citizens(world: World, amina: User) -> None:
    application = world.accepted(amina).decision.application
    Application.objects.filter(pk=application.pk).update(canada_status="citizen")
    assert "Permis d’études" not in page_of(amina, "fr")


def test_the_thread_tells_what_the_applicant_may_know(world: World, amina: User) -> None:
    world.filed(amina)
    page = page_of(amina)
    told = [
        "Begun",
        "Submitted",
        "Selected by Mila",
        "You said yes",
        "UdeM application reported",
        "UdeM documents",
    ]
    places = [page.index(f"<b>{words}") for words in told]
    assert places == sorted(places)
    assert page.count('<li class="done">') == 5, "uploads, proposals and approvals are not told"


def test_other_years_are_listed_and_open(world: World, amina: User) -> None:
    old = world.accepted(amina).decision.application
    shift(world.cycle, -LONG)
    newer = World(world.person, code="A28", name_en="Fall 2028", name_fr="Automne 2028")
    page = page_of(amina)
    assert "You have not begun an application" in page, "the new cycle is open"
    assert old.number in page
    newer.submitted(amina)
    browser = signed_in(amina)
    past = unescape(
        browser.get(address("past_application", old.number, language="en")).content.decode()
    )
    assert "You have accepted our offer" in past
    assert "Back to my application" in past


def test_another_open_cycle_is_shown_beside_an_end(world: World, amina: User) -> None:
    world.answered(amina, "decline")
    assert "Another cycle is open" not in page_of(amina)
    newer = World(world.person, code="H28", opens=-2, name_en="Winter 2028")
    page = page_of(amina)
    assert "We cannot offer you a place" in page
    assert "Another cycle is open: Winter 2028" in page
    assert f'name="cycle" value="{newer.cycle.pk}"' in page
    factories.draft(amina, newer.cycle, complete=False)
    assert "Another cycle is open" not in page_of(amina)


def test_one_may_begin_again_after_withdrawing(world: World, amina: User) -> None:
    withdrawn(world, amina)
    assert "Begin a new application" in page_of(amina)
    shift(world.cycle, -timedelta(days=20))
    assert "Begin a new application" not in page_of(amina)


def test_without_any_cycle(amina: User) -> None:
    assert "No cycle is open at the moment" in page_of(amina)


@pytest.mark.parametrize("others", [1, 3])
def test_queries_do_not_grow_with_the_years(
    world: World, amina: User, others: int, django_assert_num_queries: Callable[..., object]
) -> None:
    world.filed(amina)
    for index in range(others):
        shift(world.cycle, -timedelta(days=400))
        world = World(world.person, code=f"B{index}")
        world.submitted(amina)
    browser = signed_in(amina)
    browser.get(address("my_application"))
    with django_assert_num_queries(19):
        browser.get(address("my_application"))


def test_the_number_at_udem_is_shown_and_kept_out_of_addresses(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    page = page_of(amina)
    assert NUMBER in page
    assert not re.findall(rf'(?:href|action|src)="[^"]*{NUMBER}', page)
    assert step_dates.first_day(udem_file) <= udem_file.filed_on
