"""The variable parts of views and exports: a view that is shared, a list that waits for its coordinator."""

from typing import Any

from accounts.models import User
from finding import exporting, keeping, making
from finding.lists import LISTS


def values(coordinator: User, names: list[str]) -> dict[str, Any]:
    """By the names of the addresses."""
    board = LISTS["board"]
    kept = keeping.keep(board, "All", {"state": "filed"}, share=True, by=coordinator)
    export = exporting.ask(board, {}, "csv", language="fr", by=coordinator)
    making.make_due()
    of_views = [name for name in names if name.startswith("view_") and name != "view_keep"]
    return {
        **{f"{name}.pk": kept.pk for name in of_views},
        **{f"{name}.pk": export.pk for name in names if name.startswith("export_")},
        **{f"{name}.key": "board" for name in ("list_ask", "view_keep", "export_ask")},
    }
