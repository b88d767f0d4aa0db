"""Why a file is refused, and what its owner can do about it: one sentence for each problem."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "none": _("Choose a file first."),
    "size": _("This file is 10 MB or more. Save it at a lower resolution, then upload it."),
    "name": _("The file’s name has 64 characters or more. Shorten it, then upload it."),
    "not_pdf": _(
        "This file is not a PDF. Open it, choose Print, then Save as PDF, and upload the copy."
    ),
    "empty": _("This file is empty. Open it to see whether it is the right one, then upload it."),
    "image": _(
        "This is a picture, not a PDF. On a phone: open it, Share, Print, then save as PDF. On a computer: open it, "
        "choose Print, then Save as PDF. Upload that PDF."
    ),
    "written": _(
        "This is a text document, not a PDF. Open it, choose File, then Save as PDF (or Export), and upload that PDF."
    ),
    "altered": _("What arrived is not the file that you chose. Upload it again."),
    "password": _(
        "This PDF is protected by a password: we cannot open it. Open it, choose Print, then Save as PDF, "
        "and upload the copy."
    ),
    "broken": _(
        "This PDF is damaged: we cannot open it. Save it again from its program, then upload it."
    ),
    "heavy": _(
        "This PDF takes too much to open. Open it, choose Print, then Save as PDF, and upload the copy."
    ),
    "slow": _(
        "We could not check this file in time. Nothing is wrong with it yet: upload it again."
    ),
    "long": _("This PDF has more than 200 pages. Keep what we ask for only."),
    "wide": _(
        "A page of this PDF is more than 5 metres wide or high. Print it to Letter or A4, then upload it."
    ),
    "virus": _(
        "Our virus scanner refuses this file. Make the document again on another device, then upload it."
    ),
}
