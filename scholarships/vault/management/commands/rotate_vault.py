"""`manage.py rotate_vault`: seal everything in the vault with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from scholarships.vault.rotating import rotate


class Command(BaseCommand):
    """Put the new key first into VAULT_KEYS, restart, run this, then drop the old one."""

    help = "Seal everything in the vault with the newest of VAULT_KEYS."

    def handle(self, **options: Any) -> None:
        """Says how many rows were sealed anew; of none it says anything else."""
        self.stdout.write(f"{rotate()} rows sealed anew.")
