"""The vault of EDI answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Its migrations are the vault's own; it has no model, so that nothing of Django's can list, dump or edit it."""

    name = "scholarships.vault"
    label = "vault"
    verbose_name = _("Vault of EDI answers")
