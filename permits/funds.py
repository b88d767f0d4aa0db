"""What proves that a person can pay: an app that knows of a proof registers it in its `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from applications.models import Application


@dataclass(frozen=True)
class Proof:
    """A document of ours that counts as proof of funds, and where to get it in each language."""

    title: str | Promise
    text: str | Promise
    french: str
    english: str


Proves = Callable[[Application], Iterable[Proof]]
_proofs: list[Proves] = []


def proves_funds(proves: Proves) -> Proves:
    """Decorate: these documents are offered on the page of permits, to the person of the file alone."""
    _proofs.append(proves)
    return proves


def proofs_of(application: Application) -> list[Proof]:
    """Every proof there is, in the order of the apps."""
    return [proof for proves in _proofs for proof in proves(application)]
