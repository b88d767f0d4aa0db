"""What people are told to prepare for UdeM, in Django admin: texts and official links, both languages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from followup.models import Preparation


@admin.register(Preparation)
class PreparationAdmin(admin.ModelAdmin):
    """One thing to prepare; what is hidden stays ticked for those who had ticked it."""

    list_display = [
        "position",
        "title_fr",
        "title_en",
        "moment",
        "program",
        "for_permits",
        "is_shown",
    ]
    list_display_links = ["title_fr"]
    list_select_related = ["program"]
    fieldsets = [
        (None, {"fields": ["moment", "position", "program", "for_permits", "is_shown"]}),
        (
            _("Texts"),
            {
                "fields": [
                    ("title_fr", "title_en"),
                    ("text_fr", "text_en"),
                    ("link_fr", "link_en"),
                ]
            },
        ),
    ]
