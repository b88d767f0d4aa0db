"""Words that occur nowhere else, planted in what a person writes: where they are found later, that person is still held."""

import hashlib

from rehearsal.play import Play

COLUMNS = """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'vault') ORDER BY 1, 2"""


def planted(email: str) -> str:
    """The word of this person, the same on every day."""
    return "canari" + hashlib.sha256(email.encode()).hexdigest()[:16]


Held = list[tuple[str, bytes]]


def held(play: Play) -> Held:
    """Everything that the product holds, as text: each table, and each file of people's papers.

    What the mail server took is not the product's any more, and stays out.
    """
    told = []
    for schema, name in play.stage.sql(COLUMNS, role="postgres"):
        query = f'SELECT one::text FROM "{schema}"."{name}" AS one'  # noqa: S608
        rows = play.stage.sql(query, role="postgres")
        told.append((f"{schema}.{name}", "\n".join(text for (text,) in rows).encode()))
    kept = play.stage.folder / "files"
    told += [
        (f"files/{one.name}", one.read_bytes()) for one in sorted(kept.rglob("*")) if one.is_file()
    ]
    return told


def still_in(told: Held, *words: str) -> list[str]:
    """The tables and files in which any of these words is; columns of bytes are written in hexadecimal."""
    wanted = [form for word in words for form in (word.encode(), word.encode().hex().encode())]
    return [place for place, text in told if any(word in text for word in wanted)]
