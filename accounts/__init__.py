"""People: the e-mail user, language, roles, sign-in."""
