"""The rehearsal's clock, which the browsers of a story follow too."""

from collections.abc import Sequence
from datetime import datetime

from playwright.sync_api import Page

from rehearsal import clock


class Clock(clock.Clock):
    """Moves the pages that are open along with everything else."""

    def move_to(self, moment: datetime, pages: Sequence[Page] = ()) -> None:
        """It is that moment in these pages too."""
        for page in pages:
            page.clock.set_fixed_time(moment)
        super().move_to(moment)
