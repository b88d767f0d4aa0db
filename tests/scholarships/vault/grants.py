"""Who may do what in the database, as PostgreSQL itself answers: written down, one line a role and an object.

Of `public` one line stands for all objects on which the roles have the same rights, whatever their number: a table of
tomorrow that anybody else may read becomes a line of its own. Everything in the vault has its own line.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]
Line = tuple[str, str, str]
ROLES = "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND NOT rolsuper ORDER BY 1"
FLAGS = """
SELECT rolname, concat_ws(' ', CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreaterole THEN 'createrole' END,
  CASE WHEN rolcreatedb THEN 'createdb' END, CASE WHEN rolbypassrls THEN 'bypassrls' END,
  CASE WHEN rolreplication THEN 'replication' END, CASE WHEN rolcanlogin THEN 'login' END)
FROM pg_roles WHERE rolname !~ '^pg_'
"""
MEMBERS = """
SELECT m.rolname, g.rolname, concat_ws(' ', CASE WHEN a.admin_option THEN 'admin' END,
  CASE WHEN a.inherit_option THEN 'inherit' END, CASE WHEN a.set_option THEN 'set' END)
FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid
WHERE m.rolname !~ '^pg_'
"""
SCHEMAS = """
SELECT nspname, nspowner::regrole::text FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
"""
OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
CLASSES = (
    "SELECT n.nspname, c.relname, c.oid::text, c.relowner::regrole::text FROM pg_class c"
    f" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND c.relkind"
)
FUNCTIONS = (
    "SELECT n.nspname, p.proname, p.oid::text, p.proowner::regrole::text FROM pg_proc p"
    f" JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS}"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
)
# What is asked of each kind of object: where its rows are, its rights, the function that answers.
KINDS = {
    "table": (
        f"{CLASSES} IN ('r', 'p', 'v', 'm', 'f')",
        "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN",
        "has_table_privilege",
    ),
    "sequence": (f"{CLASSES} = 'S'", "USAGE SELECT UPDATE", "has_sequence_privilege"),
    "function": (FUNCTIONS, "EXECUTE", "has_function_privilege"),
}
COLUMNS = f"""
SELECT n.nspname || '.' || c.relname || '.' || a.attname, a.attacl::text FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attacl IS NOT NULL AND {OURS}
"""
DEFAULTS = """
SELECT defaclrole::regrole::text, coalesce(n.nspname, 'every schema'), defaclobjtype::text, defaclacl::text
FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace
"""
ANYBODY = "public"  # what PostgreSQL calls everybody; the schema of that name is written `public.*`


def written(ask: Ask) -> str:
    """The whole matrix as text."""
    rows = sorted({*_of_roles(ask), *_of_schemas(ask), *_of_objects(ask), *_exceptions(ask)})
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    lines = (
        f"{who.ljust(widths[0])}  {what.ljust(widths[1])}  {may}".rstrip()
        for who, what, may in rows
    )
    return "\n".join(["# role, object, rights: WRITE_GRANTS=1 writes it anew", *lines]) + "\n"


def people(ask: Ask) -> list[str]:
    """Every role that rights are asked of, and everybody."""
    return [*(str(name) for (name,) in ask(ROLES)), ANYBODY]


def _of_roles(ask: Ask) -> Iterator[Line]:
    for name, flags in ask(FLAGS):
        yield name, "itself", flags or "-"
    for name, group, how in ask(MEMBERS):
        yield name, f"member of {group}", how or "-"


def _of_schemas(ask: Ask) -> Iterator[Line]:
    for who in people(ask):
        held = [
            right
            for right in ("CONNECT", "CREATE", "TEMPORARY")
            if _holds(ask, "has_database_privilege", who, "current_database()", right)
        ]
        yield _called(who), "the database", " ".join(held) or "-"
        for schema, owner in ask(SCHEMAS):
            held = [
                right
                for right in ("USAGE", "CREATE")
                if _holds(ask, "has_schema_privilege", who, f"'{schema}'", right)
            ]
            yield _called(who), f"schema {schema}", _told(held, who == owner)


def _holds(ask: Ask, asked: str, who: str, what: str, right: str) -> bool:
    return bool(ask(f"SELECT {asked}('{who}', {what}, '{right}')")[0][0])


def _called(who: str) -> str:
    return "everybody" if who == ANYBODY else who


def _told(held: list[str], owns: bool) -> str:
    return " ".join([*(["owner"] if owns else []), *held]) or "-"


def _of_objects(ask: Ask) -> Iterator[Line]:
    """What a role could do were the schema open to it: a second lock behind the first."""
    for kind, (objects, rights, asked) in KINDS.items():
        known = ask(objects)
        for who in people(ask):
            rest: dict[tuple[str, str], list[str]] = defaultdict(list)
            names = ", ".join(f"{asked}('{who}', o.oid, '{right}')" for right in rights.split())
            answers = ask(f"SELECT o.oid::text, {names} FROM ({_with_oid(objects)}) o")
            may = {oid: row for oid, *row in answers}
            for schema, name, oid, owner in known:
                pairs = zip(rights.split(), may[oid], strict=True)
                told = _told([right for right, held in pairs if held], who == owner)
                rest[schema, told].append(name)
            for (schema, told), found in rest.items():
                alone = schema != "public" or len(found) * 2 < len(_in(known, schema))
                for name in found if alone else ["*"]:
                    yield _called(who), f"{kind} {schema}.{name}", told


def _with_oid(objects: str) -> str:
    return objects.replace("c.oid::text", "c.oid").replace("p.oid::text", "p.oid")


def _in(known: list[tuple[Any, ...]], schema: str) -> list[Any]:
    return [row for row in known if row[0] == schema]


def _exceptions(ask: Ask) -> Iterator[Line]:
    for column, rights in ask(COLUMNS):
        yield "a column", column, rights
    for role, schema, kind, rights in ask(DEFAULTS):
        yield role, f"of what it makes ({kind}) in {schema}", rights or "-"
