"""Why a list cannot be read, and what to do about it: one sentence for each problem."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "empty": _("This file is empty. Open it to see whether it is the right one."),
    "size": _(
        "This file has 5 MB or more. Leave out the columns that are not needed, or cut it in two."
    ),
    "no_header": _(
        "The first line does not name the columns. Add a line with their names above the others."
    ),
    "no_rows": _("This file has a line of column names and nothing below."),
    "twice": _(
        "Two columns have the same name. Rename one of them, so that we take the right one."
    ),
    "binary": _(
        "This is neither a CSV nor an Excel workbook (.xlsx). Export the list again as one."
    ),
    "old": _("This workbook is of an old kind (.xls). Open it and save it as .xlsx or CSV."),
    "protected": _("This workbook is protected by a password. Save a copy without it."),
    "heavy": _("This workbook takes too much to open. Save the sheet as CSV and send that."),
    "slow": _("This workbook could not be read in time. Save the sheet as CSV and send that."),
    "long": _("This file has more than 20,000 lines. Cut it in two."),
    "wide": _("This file has more than 100 columns. Leave out those that are not needed."),
    "encoding": _("This file does not read in this encoding. Choose another one."),
    "formulas": _(
        "A cell holds a formula without its value. Open the workbook, save it again, or save the sheet as CSV."
    ),
}


class Unreadable(Exception):
    """A list that cannot be read; its word is a key of PROBLEMS."""

    @property
    def sentence(self) -> str:
        """What to tell the person."""
        return str(PROBLEMS[str(self)])
