"""The nouns of permits: what a cycle's office wrote of them, a person's path, and its steps."""

from permits.models.guide import PermitGuide
from permits.models.path import Allows, Change, PermitPath
from permits.models.step import (
    ASKED_STATES,
    GATHERED,
    GATHERED_STATES,
    Kind,
    PermitStep,
    State,
    WhyNot,
)
from permits.models.terms import PermitTerms

__all__ = [
    "ASKED_STATES",
    "GATHERED",
    "GATHERED_STATES",
    "Allows",
    "Change",
    "Kind",
    "PermitGuide",
    "PermitPath",
    "PermitStep",
    "PermitTerms",
    "State",
    "WhyNot",
]
