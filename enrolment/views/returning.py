"""Back to the board as it was shown."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.asking import Asked
from enrolment.choosing import board_address
from enrolment.listing import Board, Filter


def nobody_chosen(request: Asked, board: Board, typed: Mapping[str, Any]) -> HttpResponse:
    """Nobody was ticked: say so on the board that one came from."""
    messages.error(request, _("Choose at least one person."))
    return redirect(board_address(board.cycle, typed))


def carried(board: Board, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a page about people chosen on the board needs to lead back to it."""
    return {"board_url": board_address(board.cycle, typed), "carried": Filter.of(typed).query}
