"""UdeM's lists: what was received, what each line says and means, what was changed by it, and what was learned."""

from reconciliation.models.change import Change
from reconciliation.models.learned import Mapping, Word
from reconciliation.models.line import Line
from reconciliation.models.udem_list import UdemList

__all__ = ["Change", "Line", "Mapping", "UdemList", "Word"]
