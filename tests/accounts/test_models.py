"""The person: what the database holds true."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import Role, User
from tests.conftest import Settle

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_whatever_its_case() -> None:
    user = User.objects.create_user("Zoe.Martin@Example.COM")
    assert user.email == "zoe.martin@example.com"
    assert User.objects.get_by_natural_key("ZOE.Martin@example.com") == user
    assert str(user) == "zoe.martin@example.com"
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("accounts_user_email_lower", {"email": "Zoe@example.com"}),
        ("accounts_user_language_known", {"language": "de"}),
        ("accounts_user_roles_known", {"roles": ["emperor"]}),
    ],
)
def test_the_database_refuses(constraint: str, change: dict[str, object]) -> None:
    user = User.objects.create_user("zoe@example.com")
    with pytest.raises(IntegrityError, match=constraint):
        User.objects.filter(pk=user.pk).update(**change)


def test_a_person_is_entered_once() -> None:
    User.objects.create_user("zoe@example.com")
    with pytest.raises(ValidationError):
        User.objects.create_user("ZOE@example.com")


def test_the_first_administrator_has_a_role_and_no_other_power() -> None:
    user = User.objects.create_superuser("root@example.com", "a long password of words")
    assert user.roles == [Role.ADMINISTRATOR]
    assert user.check_password("a long password of words")
    assert user.is_staff
    assert user.has_perm("audit.delete_auditentry")
    assert user.has_perms(["accounts.change_user"])
    assert user.has_module_perms("accounts")


def test_a_role_counts_while_the_person_may_sign_in(person: Settle) -> None:
    rene = person("rene", Role.REVIEWER, full_name="René Roy")
    assert rene.has(Role.REVIEWER, Role.DIRECTOR)
    assert not rene.has(Role.DIRECTOR)
    assert list(User.objects.with_role(Role.REVIEWER)) == [rene]
    User.objects.filter(pk=rene.pk).update(is_active=False)
    rene.refresh_from_db()
    assert not rene.has(Role.REVIEWER)
    assert not User.objects.with_role(Role.REVIEWER)
    assert rene.is_member
    assert not rene.is_staff
