"""`manage.py migrate_vault`: make the vault's schema, under its own role, and bring its tables up to date."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

MEMBER = "SELECT pg_has_role(current_user, %s, 'MEMBER')"
THERE = "SELECT 1 FROM pg_namespace WHERE nspname = 'vault'"


class Command(BaseCommand):
    """Safe to run again. The ordinary role only lends the right to make a schema, and takes it back."""

    help = "Make the vault's schema under its own role, and bring its tables up to date."

    def handle(self, **options: Any) -> None:
        """Refuses where the ordinary role could become the vault's."""
        if "vault" not in connections:
            raise CommandError("Set VAULT_DATABASE_URL: EDI answers have a role of their own.")
        role = connections["vault"].settings_dict["USER"]
        with connections["default"].cursor() as ours:
            ours.execute(MEMBER, [role])
            if ours.fetchone() != (False,):
                raise CommandError("The ordinary role may not be a member of the vault's role.")
            if not self._is_there():
                self._make(ours, role)
        call_command(
            "migrate", "vault", database="vault", interactive=False, verbosity=options["verbosity"]
        )

    def _is_there(self) -> bool:
        with connections["vault"].cursor() as vault:
            vault.execute(THERE)
            return vault.fetchone() is not None

    def _make(self, ours: Any, role: str) -> None:
        """The owner of a database lends the right to make a schema in it."""
        ops = connections["default"].ops
        name, database = ops.quote_name(role), ours.db.settings_dict["NAME"]
        ours.execute(f"GRANT CREATE ON DATABASE {ops.quote_name(database)} TO {name}")
        with connections["vault"].cursor() as vault:
            vault.execute("CREATE SCHEMA vault")
        ours.execute(f"REVOKE CREATE ON DATABASE {ops.quote_name(database)} FROM {name}")
