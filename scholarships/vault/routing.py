"""Which migrations run where: the vault's under its role, all the others under the product's."""

from typing import Any


class VaultRouter:
    """No model lives in the vault; only its migrations need to be told apart."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The vault's migrations in the vault, and nothing else there."""
        return (app_label == "vault") == (db == "vault")
