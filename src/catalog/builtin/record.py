#!/usr/bin/env python3
"""Records PostgreSQL's built-in catalog, and what extensions make, from live servers into the .tsv files beside it.

    record.py builtin 13=5413 14=5414 15=5415 16=5416 17=5417 18=5418
    record.py extensions 13=5413 ... 18=5418           contrib, from servers of one origin
    record.py extensions --origin debian 15=5435 [NAME...]
    record.py extensions --origin pgvector 16=5426 18=5428 vector
    record.py extensions --fill 15=5435 plperl         what the first servers could not make; keeps control.tsv

MAJOR=PORT: one server each on 127.0.0.1, superuser postgres. Every X.sql here is one query; X.tsv is its answer on all
servers, merged: one row for each distinct answer, with the range of major versions that gave it. In a query,
"{range o.oid}" is the part of the catalog that is being recorded, "--[14-]" at the end of a line keeps the line for
these versions only, "-- key:" names the columns to sort by (# numerically), "-- versions:" the versions to ask.
"""
import argparse
import pathlib
import re
import sys

import psycopg

HERE = pathlib.Path(__file__).resolve().parent
FIRST_NORMAL_OID = 16384
FIRST_GENBKI_OID = 10000
FIRST_UNPINNED_OID = 12000
LONGEST_BODY = 1000  # of an extension's function; a longer one is not kept (null)
# Recorded for extensions too; the rest is the cluster's.
NOT_IN_EXTENSIONS = {"pg_collation_icu", "pg_settings", "pg_get_keywords", "pg_timezone", "pg_ts_token", "pg_authid",
                     "pg_auth_members", "pg_tablespace", "pg_conversion"}
# They insist on the schema of the extension that they require.
WITH_WHAT_IT_REQUIRES = {"postgis_raster"}
# Data and geocoding for one country.
SKIP_EXTENSIONS = {"postgis_tiger_geocoder", "address_standardizer_data_us", "address_standardizer_data_us-3"}


def in_range(text, version):
    low, dash, high = text.partition("-")
    low = int(low) if low else 0
    return low <= version <= ((int(high) if high else 999) if dash else low)


class Query:
    def __init__(self, path):
        self.name = path.stem
        self.text = path.read_text()
        key = re.search(r"^-- key: (.*)$", self.text, re.M).group(1).split()
        self.key = [(k.rstrip("#"), k.endswith("#")) for k in key]
        only = re.search(r"^-- versions: (.*)$", self.text, re.M)
        self.only = only.group(1) if only else None

    def sql(self, version, low, high):
        lines = []
        for line in self.text.splitlines():
            when = re.search(r"\s*--\[([0-9-]+)\]$", line)
            if when:
                if not in_range(when.group(1), version):
                    continue
                line = line[: when.start()]
            if not line.lstrip().startswith("--"):
                lines.append(line)
        text = "\n".join(lines).replace("{bounds}", f"{low} AND {high}")
        return re.sub(r"\{range ([^}]*)\}", rf"\1 BETWEEN {low} AND {high}", text)

    def ask(self, connection, version, low, high):
        sql = self.sql(version, low, high)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) AS q LIMIT 0")
            columns = [c.name for c in cursor.description]
            with cursor.copy(f"COPY ({sql}) TO STDOUT") as copy:
                text = b"".join(bytes(block) for block in copy).decode()
        return columns, [line.split("\t") for line in text.split("\n")[:-1]]


def range_text(versions, low, high):
    first, last = versions[0], versions[-1]
    if first == low and last == high:
        return "-"
    if first == last and first not in (low, high):
        return str(first)
    return ("" if first == low else str(first)) + "-" + ("" if last == high else str(last))


def merge(query, answers, oid_of, merges):
    """answers: {version: (columns, rows)} -> (columns, sorted rows with their versions)."""
    columns = next(iter(answers.values()))[0]
    assert all(c == columns for c, _ in answers.values()), (query.name, [c for c, _ in answers.values()])
    has_oid = columns[0] == "oid"
    order = sorted(answers)
    seen = {}
    for version in order:
        for row in answers[version][1]:
            oid = oid_of(version, int(row[0])) if has_oid else None
            content = tuple(row[1:] if has_oid else row)
            seen.setdefault(content, {})[version] = oid
    rows = []
    for content, by_version in seen.items():
        runs = []
        for version in order:
            if version not in by_version:
                continue
            oid = by_version[version]
            follows = runs and order.index(runs[-1][0][-1]) + 1 == order.index(version)
            if follows and (runs[-1][1] == oid or merges(runs[-1][1], oid)):
                runs[-1] = (runs[-1][0] + [version], oid)
            else:
                runs.append(([version], oid))
        for versions, oid in runs:
            named = dict(zip(columns[1:] if has_oid else columns, content))
            key = [(int(named[k]) if numeric else named[k]) for k, numeric in query.key]
            cells = [range_text(versions, order[0], order[-1])] + ([oid] if has_oid else []) + list(content)
            rows.append((key, versions[0], cells))
    rows.sort(key=lambda r: (r[0], r[1]))
    return columns, [cells for _, _, cells in rows]


def builtin_oid(_version, oid):
    return str(oid) if oid < FIRST_GENBKI_OID else "-" if oid < FIRST_UNPINNED_OID else "+"


def write(path, source, columns, rows):
    lines = [f"# Generated by record.py from {source}; do not edit.", "# " + "\t".join(["versions"] + columns)]
    lines += ["\t".join(row) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def connect(port, dbname):
    connection = psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname=dbname, autocommit=True)
    connection.execute((HERE / "prelude.sql").read_text())
    return connection


def queries():
    return [Query(p) for p in sorted(HERE.glob("*.sql")) if p.stem != "prelude"]


def record_builtin(servers):
    connections = {v: connect(p, "template1") for v, p in servers.items()}
    for query in queries():
        answers = {}
        for version, connection in connections.items():
            if query.only and not in_range(query.only, version):
                continue
            answers[version] = query.ask(connection, version, 0, FIRST_NORMAL_OID - 1)
        columns, rows = merge(query, answers, builtin_oid, lambda a, b: not a.isdigit() and not b.isdigit())
        if rows:
            write(HERE / f"{query.name}.tsv", f"{query.name}.sql", columns, rows)
            print(f"{query.name}: {len(rows)} rows, {(HERE / f'{query.name}.tsv').stat().st_size // 1024} kB", flush=True)


def max_oid(connection):
    """The last oid given out so far: a large object takes the next one, and is undone."""
    oid = connection.execute("SELECT lo_creat(-1)").fetchone()[0]
    connection.execute("SELECT lo_unlink(%s)", (oid,))
    return oid


CONTROL = """
SELECT v.name, v.version, v.relocatable, v.schema, array_to_string(v.requires, ' ') AS requires, v.superuser,
       v.trusted, e.comment, e.default_version = v.version AS is_default
FROM pg_available_extension_versions v JOIN pg_available_extensions e USING (name)
"""


def record_extension(port, version, name, control, wanted):
    """What CREATE EXTENSION makes in an empty database: {query name: (columns, rows)}, the first oid."""
    admin = psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres", autocommit=True)
    scratch = f"record_{name.replace('-', '_')}"
    admin.execute(f'DROP DATABASE IF EXISTS "{scratch}" WITH (FORCE)')
    admin.execute(f'CREATE DATABASE "{scratch}" TEMPLATE template0')
    try:
        with psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname=scratch, autocommit=True) as plain:
            plain.execute("SET client_min_messages = error")
            plain.execute("SET check_function_bodies = off")
            plain.execute(f'DROP EXTENSION IF EXISTS "{name}"')  # plpgsql is in every database from the start.

            def create(ext, place):
                for needed in control[ext]["requires"]:
                    if needed not in control:
                        raise psycopg.Error(f"required extension {needed} is not available")
                    if not plain.execute("SELECT 1 FROM pg_extension WHERE extname = %s", (needed,)).fetchone():
                        create(needed, place if ext in WITH_WHAT_IT_REQUIRES else f"~of:{needed}~")
                if not control[ext]["schema"]:
                    plain.execute(f'CREATE SCHEMA IF NOT EXISTS "{place}"')
                plain.execute(f"SET search_path = {', '.join(['pg_catalog'] + quoted_schemas(plain))}")
                low = max_oid(plain)
                if control[ext]["schema"]:
                    plain.execute(f'CREATE EXTENSION "{ext}"')
                else:
                    plain.execute(f'CREATE EXTENSION "{ext}" SCHEMA "{place}"')
                return low + 1, max_oid(plain) - 1

            low, high = create(name, "~of~")
            extoid = plain.execute("SELECT oid FROM pg_extension WHERE extname = %s", (name,)).fetchone()[0]
            config = plain.execute(
                "SELECT n.nspname || '.' || c.relname, e.extcondition[i] FROM pg_extension e,"
                " generate_subscripts(e.extconfig, 1) i JOIN pg_class c ON true JOIN pg_namespace n"
                " ON n.oid = c.relnamespace WHERE e.oid = %s AND c.oid = e.extconfig[i]", (extoid,)).fetchall()
        connection = connect(port, scratch)
        made = {q.name: q.ask(connection, version, low, high) for q in wanted}
        columns, rows = made["pg_namespace"]
        members = connection.execute(
            "SELECT n.nspname FROM pg_depend d JOIN pg_namespace n ON n.oid = d.objid WHERE d.deptype = 'e'"
            " AND d.classid = 'pg_namespace'::regclass AND d.refobjid = %s", (extoid,)).fetchall()
        for _, every in made.values():
            for row in every:
                row[:] = [re.sub(r"~of(:[^~]*)?~", r"@extschema\1@", cell) for cell in row]
        config = [(re.sub(r"~of(:[^~]*)?~", r"@extschema\1@", table), where) for table, where in config]
        keep_short_bodies(*made["pg_proc"])
        made["pg_namespace"] = (columns, [r for r in rows if not r[1].startswith("@")])
        connection.close()
        return made, low, config, [m[0] for m in members]
    finally:
        admin.execute(f'DROP DATABASE "{scratch}" WITH (FORCE)')
        admin.close()


def keep_short_bodies(columns, rows):
    body = columns.index("prosrc")
    for row in rows:
        if len(row[body]) > LONGEST_BODY:
            row[body] = "\\N"


def quoted_schemas(connection):
    found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE '~of%' ORDER BY oid DESC")
    return ['"' + row[0] + '"' for row in found.fetchall()]


def record_extensions(servers, origin, names, fill):
    controls = {}
    for version, port in servers.items():
        with psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres") as connection:
            for name, ext_version, relocatable, schema, requires, superuser, trusted, comment, default in \
                    connection.execute(CONTROL).fetchall():
                entry = controls.setdefault(version, {}).setdefault(name, {"versions": []})
                entry["versions"].append(ext_version)
                if default:
                    entry.update(default=ext_version, relocatable=relocatable, schema=schema,
                                 requires=requires.split() if requires else [], superuser=superuser, trusted=trusted,
                                 comment=comment)
    wanted = [q for q in queries() if q.name not in NOT_IN_EXTENSIONS]
    every = sorted({n for c in controls.values() for n in c if "default" in c[n]})
    failed = []
    for name in names or every:
        if name in SKIP_EXTENSIONS:
            continue
        made, controlled = {}, []
        for version, port in servers.items():
            control = controls[version].get(name)
            if not control or "default" not in control:
                continue
            try:
                objects, low, config, members = record_extension(port, version, name, controls[version], wanted)
            except psycopg.Error as error:
                failed.append(f"{name} on {version}: {str(error).splitlines()[0]}")
                objects = None
            if objects is not None:
                made[version] = (objects, low)
            controlled.append((version, control, objects is not None,
                               sorted(config) if objects is not None else [], members if objects is not None else []))
        folder = HERE / "extensions" / name
        if not controlled:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        if fill:
            mark_recorded(folder / "control.tsv")
        else:
            for stale in folder.glob("*.tsv"):
                stale.unlink()
            write_control(folder, origin, servers, controlled)
        lows = {v: low for v, (_, low) in made.items()}

        def offset(version, oid, lows=lows):
            return str(oid - lows[version])

        sizes = []
        for query in wanted:
            answers = {v: objects[query.name] for v, (objects, _) in made.items()}
            if not any(rows for _, rows in answers.values()):
                continue
            columns, rows = merge(query, answers, offset, lambda a, b: True)
            write(folder / f"{query.name}.tsv", f"{query.name}.sql", columns, rows)
            sizes.append(f"{query.name} {len(rows)}")
        print(f"{name}: {', '.join(sizes)}", flush=True)
    write_index()
    for line in failed:
        print("failed:", line, file=sys.stderr)


def write_index():
    """extension_files.rs: the files of every folder, for include_str!."""
    lines = ["//! Generated by record.py: every recorded file of every extension; a test keeps it fresh.", "",
             "use super::File;", "", "/// By name; of each its files, without the ending.", "#[rustfmt::skip]",
             "pub(super) static EXTENSIONS: &[(&str, &[File])] = &["]
    for folder in sorted((HERE / "extensions").iterdir()):
        lines.append(f'    ("{folder.name}", &[')
        for path in sorted(folder.glob("*.tsv")):
            lines.append(f'        ("{path.stem}", include_str!("extensions/{folder.name}/{path.name}")),')
        lines.append("    ]),")
    (HERE / "extension_files.rs").write_text("\n".join(lines + ["];"]) + "\n")


def escape(text):
    if text is None:
        return "\\N"
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def write_control(folder, origin, servers, controlled):
    """control.tsv: a row for each distinct control file, with the PostgreSQL versions that ship it."""
    columns = ["origin", "default_version", "relocatable", "schema", "requires", "superuser", "trusted", "comment",
               "available_versions", "recorded", "config", "member_schemas"]
    runs = []
    for version, c, recorded, config, members in controlled:
        row = [origin, c["default"], "t" if c["relocatable"] else "f", escape(c["schema"]), " ".join(c["requires"]),
               "t" if c["superuser"] else "f", "t" if c["trusted"] else "f", escape(c["comment"]),
               " ".join(sorted(c["versions"], key=lambda v: [int(x) if x.isdigit() else 0
                                                              for x in re.split(r"[.\-+]", v)])),
               "t" if recorded else "f", escape("\n".join(f"{n}:{w}" if w else n for n, w in config)), " ".join(members)]
        if runs and runs[-1][1] == row:
            runs[-1][0].append(version)
        else:
            runs.append(([version], row))
    order = sorted(servers)
    write(folder / "control.tsv", "pg_available_extension_versions", columns,
          [[range_text(v, order[0], order[-1])] + row for v, row in runs])


def mark_recorded(path):
    lines = path.read_text().splitlines()
    place = lines[1][2:].split("\t").index("recorded")
    rows = [line.split("\t") for line in lines[2:]]
    for row in rows:
        row[place] = "t"
    path.write_text("\n".join(lines[:2] + ["\t".join(row) for row in rows]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["builtin", "extensions"])
    parser.add_argument("--origin", default="contrib")
    parser.add_argument("--fill", action="store_true")
    parser.add_argument("rest", nargs="+", metavar="MAJOR=PORT|NAME")
    arguments = parser.parse_args()
    servers = {int(v): int(p) for v, p in (r.split("=") for r in arguments.rest if "=" in r)}
    names = [r for r in arguments.rest if "=" not in r]
    if arguments.what == "builtin":
        record_builtin(dict(sorted(servers.items())))
    else:
        record_extensions(dict(sorted(servers.items())), arguments.origin, names, arguments.fill)


if __name__ == "__main__":
    main()
