"""What a need from 1 to 5 means in Category 3: the EDI officer records it, the panel reads it with these words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEEDS: dict[int, Promise] = {
    1: _("The studies are paid for; an award would make them easier."),
    2: _("The budget holds, with little to spare."),
    3: _("A gap that more work or a small loan would fill."),
    4: _("A gap that puts the studies at risk."),
    5: _("Without help, the studies cannot begin or go on."),
}
