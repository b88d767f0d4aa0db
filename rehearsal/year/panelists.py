"""Two more people who can sit on a panel: `python -m rehearsal.year.panelists`, in the product's environment.

No page of the product makes a member of the staff with a second factor in one go: they would sign in, and set it up with a
telephone. The rehearsal's people have the demonstration's authenticator instead.
"""

import django
from django.utils.module_loading import import_string


def main() -> None:
    """Settle them as the demonstration does."""
    django.setup()
    for character in import_string("config.seed.panels.WITH"):
        import_string("accounts.demo.settle")(character)


if __name__ == "__main__":
    main()
