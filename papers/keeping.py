"""Keeping the bytes of a file under their name, or saying that it cannot be done now."""

import logging
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from audit.moves import Refused

logger = logging.getLogger(__name__)


def keep(name: str, content: File) -> None:
    """Have these bytes kept, unless they are already: the name is the content.

    Raises Refused with a sentence for the person when the store takes nothing at the moment (a full disk, a bucket
    that is away); the administrators find the cause in the log.
    """
    storage: Any = default_storage
    try:
        if not storage.exists(name):
            content.seek(0)
            storage.save(name, content)
    except storage.troubles as trouble:
        logger.exception("A file could not be kept.")
        raise Refused(
            _(
                "We cannot keep files at the moment. What you had is still there: try again in a few minutes."
            )
        ) from trouble
