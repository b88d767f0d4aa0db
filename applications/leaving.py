"""What else ends when a person takes their application out or gives up their place: an app that knows tells it here.

It is told to the person of the file alone, before they decide.
"""

from collections.abc import Callable, Iterable

from applications.models import Application

Warns = Callable[[Application], Iterable[str]]
_warning: list[Warns] = []


def ends_with_it(warns: Warns) -> Warns:
    """Decorate: these sentences are read before the application is withdrawn or the offer declined."""
    _warning.append(warns)
    return warns


def warnings_of(application: Application) -> list[str]:
    """Every sentence, in the order of the apps."""
    return [sentence for warns in _warning for sentence in warns(application)]
