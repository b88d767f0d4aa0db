"""Who may do what here: each predicate for each role."""

from typing import Any

import pytest

from accounts.models import Role, User
from committee.permissions import calibrates, reminds, sees_progress

TABLE = {
    #                   calibrates, sees progress, reminds
    Role.REVIEWER: (True, False, False),
    Role.COORDINATOR: (False, True, True),
    Role.DIRECTOR: (False, True, False),
    Role.PANELIST: (False, False, False),
    Role.EDI_OFFICER: (False, False, False),
    Role.ADMINISTRATOR: (False, False, False),
    None: (False, False, False),
}


@pytest.mark.parametrize("role", TABLE)
def test_each_role(role: Role | None) -> None:
    user = User(email="x@example.com", roles=[role] if role else [])
    asked: list[Any] = [calibrates, sees_progress, reminds]
    assert tuple(may(user) for may in asked) == TABLE[role]
    user.is_active = False
    assert not any(may(user) for may in asked)
