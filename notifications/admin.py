"""The outbox in Django admin: to read, and to help a letter that is stuck."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audit.moves import Refused
from audit.sight import subjects_kept_from
from notifications import ledger
from notifications.catalogue import private, title_of
from notifications.models import OutgoingEmail


class WhyForm(ActionForm):
    """Every act on a letter says why."""

    why = forms.CharField(label=_("Why"), max_length=500, required=False)


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(admin.ModelAdmin):
    """Search, read, send again, settle."""

    list_display = ["queued_at", "what", "address", "status", "outcome", "sent_at", "error"]
    list_filter = ["status", "outcome", "letter", "language"]
    search_fields = ["address", "about", "message_id", "subject"]
    date_hierarchy = "queued_at"
    action_form = WhyForm
    actions = ["send_again", "it_did_arrive"]
    show_full_result_count = False

    @admin.display(description=_("letter"), ordering="letter")
    def what(self, email: OutgoingEmail) -> str:
        """What the letter is called, as everywhere else."""
        return str(title_of(email.letter))

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingEmail]:
        """Without private letters, nor what is kept from this administrator: a conflict of interest holds here too."""
        rows = super().get_queryset(request).exclude(letter__in=private())
        return rows.exclude(about__in=subjects_kept_from(request.user))

    def get_exclude(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> list[str]:
        """A secret is for its reader alone."""
        return ["text"] if obj is not None and obj.secret else []

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Letters are queued by the facts they tell."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> bool:
        """Nobody rewrites a letter."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingEmail | None = None) -> bool:
        """Nobody removes one."""
        return False

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingEmail]) -> None:
        """Each one that may."""
        self._each(request, queryset, ledger.resend)

    @admin.action(description=_("It did arrive"))
    def it_did_arrive(self, request: HttpRequest, queryset: QuerySet[OutgoingEmail]) -> None:
        """Each one that may."""
        self._each(request, queryset, ledger.settle_as_sent)

    def _each(self, request: HttpRequest, emails: QuerySet[OutgoingEmail], verb: Any) -> None:
        """Do it to each, and say how many and what was refused."""
        why, done = request.POST.get("why", "").strip(), 0
        if not why:
            self.message_user(request, _("Say why."), messages.ERROR)
            return
        for email in emails:
            try:
                verb(email, by=request.user, why=why)
                done += 1
            except Refused as refused:
                text = " ".join([str(refused.text), *map(str, refused.reasons)])
                self.message_user(request, f"{email}: {text}", messages.WARNING)
        said = ngettext("%(count)s letter was handled.", "%(count)s letters were handled.", done)
        self.message_user(request, said % {"count": done})
