"""The measurements. They run inside the product's settings, which `bench.__main__` gives in the environment."""

import django

django.setup()
