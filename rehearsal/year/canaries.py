"""Words that occur nowhere else, planted in what a person writes: where they are found later, that person is still held."""

import hashlib

from rehearsal.play import Play

COLUMNS = """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'vault') ORDER BY 1, 2"""


def planted(email: str) -> str:
    """The word of this person, the same on every day."""
    return "canari" + hashlib.sha256(email.encode()).hexdigest()[:16]


def held_words(play: Play, *words: str) -> list[str]:
    """The tables and the kept files in which any of these words still is; the mailbox is not the product's."""
    return [place for place, text in places(play) if any(word.encode() in text for word in words)]


def places(play: Play) -> list[tuple[str, bytes]]:
    """Everything that the product holds, as text: each table, and each file of people's papers."""
    tables = play.stage.sql(COLUMNS, role="postgres")
    told = []
    for schema, name in tables:
        rows = play.stage.sql(f'SELECT one::text FROM "{schema}"."{name}" AS one', role="postgres")
        told.append((f"{schema}.{name}", "\n".join(text for (text,) in rows).encode()))
    kept = play.stage.folder / "files"
    told += [(f"files/{one.name}", one.read_bytes()) for one in sorted(kept.rglob("*")) if one.is_file()]
    return told
