"""The world in which a rehearsal begins: the office, the programs, one cycle that nobody has seen yet.

`python -m rehearsal.opening YEAR` makes the demonstration's cycle of that year, in an empty database.
"""

import argparse
from datetime import timedelta

import django
from django.db import transaction
from django.utils.module_loading import import_string


@transaction.atomic
def demonstration(year: int) -> None:
    """The staff, the programs and the cycle of the demonstration."""
    import_string("accounts.demo.settle_all")()
    calendar = import_string("config.seed.calendar.Year")(year, timedelta(0))
    programs = import_string("config.seed.calendar.programs")()
    import_string("config.seed.calendar.cycle")(calendar.fields, programs)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m rehearsal.opening", description=__doc__)
    parser.add_argument("year", type=int)
    asked = parser.parse_args()
    django.setup()
    demonstration(asked.year)


if __name__ == "__main__":
    main()
