"""The nouns of the office's desk, one a file."""

from desk.models.check import Check
from desk.models.message import Message
from desk.models.pair import Pair
from desk.models.request import Request

__all__ = ["Check", "Message", "Pair", "Request"]
