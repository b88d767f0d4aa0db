"""People in Django admin: who they are here. Passwords and second factors stay out of sight."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.people import (
    appoint,
    correct_address,
    enter,
    forget_second_factor,
    refusal_to_appoint,
)
from audit.moves import Refused


class PersonAdminForm(forms.ModelForm):
    """A person, with roles as check boxes."""

    by: User  # Who fills the form in; the admin says so.
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None: an applicant."),
    )

    class Meta:
        model = User
        fields = ("email", "full_name", "language", "roles", "is_active")

    def clean_email(self) -> str:
        """In lower case, as it is kept."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """An administrator does not remove themselves."""
        data: dict[str, Any] = super().clean() or {}
        roles, active = data.get("roles", []), data.get("is_active", False)
        if text := refusal_to_appoint(self.instance, roles, active=active, by=self.by):
            self.add_error("roles", text)
        return data


class RoleFilter(admin.SimpleListFilter):
    """People who hold a role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Each role, and none."""
        return [*Role.choices, ("none", _("None: an applicant."))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Those who hold the role asked for."""
        if self.value() == "none":
            return queryset.filter(roles=[])
        return queryset.filter(roles__contains=[self.value()]) if self.value() else queryset


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """Find, enter, appoint. Nobody is deleted here: erasing a person has a door of its own."""

    form = PersonAdminForm
    list_display = ("full_name", "email", "roles_in_words", "language", "is_active")
    list_display_links = ("full_name", "email")
    list_filter = (RoleFilter, "is_active", "language")
    search_fields = ("full_name", "email")
    ordering = ("full_name", "email")
    actions = ("forget_second_factor",)

    @admin.display(description=_("Roles"))
    def roles_in_words(self, user: User) -> str:
        """The roles as people call them."""
        return ", ".join(str(Role(role).label) for role in user.roles)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, told who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Through the verbs, so that the trail knows."""
        by: Any = request.user
        if not change:
            enter(obj, by=by)
            return
        data = form.cleaned_data
        if "email" in form.changed_data:
            correct_address(obj, data["email"], by=by)
        appoint(obj, data["roles"], active=data["is_active"], by=by)
        obj.save(update_fields=["full_name", "language"])

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never."""
        return False

    @admin.action(description=_("Forget the second factor of the people chosen"))
    def forget_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """For those who lost their telephone or key."""
        by: Any = request.user
        for user in people:
            try:
                forget_second_factor(user, by=by)
            except Refused as refused:
                messages.error(request, str(refused.text))
            else:
                messages.success(request, _("%s sets a new one up at the next sign-in.") % user)
