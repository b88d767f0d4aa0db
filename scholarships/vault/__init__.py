"""EDI answers: a schema, a database role and keys of their own, behind five verbs.

Nothing here has a foreign key to anything, and nothing elsewhere has one to it. What a person said is found by a mark (a keyed
fingerprint of whom it is about) that leads to a random token, and opened with a key that only this room knows.
"""
