"""One function of the rehearsal in a process of the product: `python -m rehearsal.beside FUNCTION ARGUMENT…`; prints what it gives back."""

import sys

import django
from django.utils.module_loading import import_string


def main() -> None:
    """The settings first: what is imported next reads them."""
    path, *arguments = sys.argv[1:]
    django.setup()
    print(import_string(path)(*arguments))


if __name__ == "__main__":
    main()
