#!/usr/bin/env python3
"""Applies the plan of every mutation to a real server and compares by pg_dump; writes live-VERSION.txt.

For each mutation: two databases with the base; one is mutated by hand, the other by `pgreckon plan`, made from the
two dumps. Then pg_dump must print the same for both. With --record, what pg_dump prints of each hand-mutated
database goes into dumps-VERSION.txt, as changes of lines against the base's dump, for the offline test.

    tests/mutations/live.py --port 5418 --pgreckon target/debug/pgreckon [--psql psql] [--pg-dump pg_dump] [--record]
        [--share N] [--rows] [--undo] [--guarded] [--only WORDS]

--rows fills the tables first, --undo plans back and compares with the base, --guarded runs the guarded plan twice.
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
FILES = ["columns", "constraints", "indexes", "tables", "code", "types", "more", "hard"]


def cases(text):
    found = []
    for line in text.splitlines(keepends=True):
        if line.startswith("--- "):
            found.append([line[4:].strip(), ""])
        elif found and not line.startswith("--> "):
            found[-1][1] += line
    return found


def unordered(dump):
    """The lines without their order: no statement moves a column that is there."""
    return sorted(line.rstrip(",") for line in dump.splitlines())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", default="5418")
    parser.add_argument("--pgreckon", default="target/debug/pgreckon")
    parser.add_argument("--psql", default="psql")
    parser.add_argument("--pg-dump", default="pg_dump")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--undo", action="store_true")
    parser.add_argument("--guarded", action="store_true")
    options = parser.parse_args()
    suffix = "_" + options.port + ("r" if options.rows else "") + ("g" if options.guarded else "")
    server = ["-h", "127.0.0.1", "-p", options.port, "-U", "postgres"]

    def psql(database, sql, strict=True):
        command = [options.psql, *server, "-X", "-q", "-d", database, "-v", f"ON_ERROR_STOP={int(strict)}", "-f", "-"]
        return subprocess.run(command, input=sql, capture_output=True, text=True)

    def dump(database):
        command = [options.pg_dump, *server, "--schema-only", "--restrict-key=x", "-d", database]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        # Some extensions' libraries note a version of their own in the columns' options.
        return "".join(line for line in done.stdout.splitlines(keepends=True) if "(pg_attver=" not in line)

    def fresh(database, template):
        psql("postgres", f"DROP DATABASE IF EXISTS {database};\nCREATE DATABASE {database} TEMPLATE {template};")

    for role in ("pgreckon_a", "pgreckon_b"):
        psql("postgres", f"CREATE ROLE {role};")
    major = psql("postgres", "\\t on\nSHOW server_version;").stdout.strip().split(".")[0]
    base_sql = (HERE / "base.sql").read_text()
    # Subscriptions are not copied with a database, and older servers lack some of the forms.
    base_sql = "\n".join(line for line in base_sql.splitlines() if "SUBSCRIPTION" not in line)
    fresh("pgreckon_base" + suffix, "template0")
    made = psql("pgreckon_base" + suffix, base_sql)
    if made.returncode:
        raise SystemExit(made.stderr)
    base_dump = dump("pgreckon_base" + suffix)
    if options.rows:
        filled = psql("pgreckon_base" + suffix, (HERE / "rows.sql").read_text())
        if filled.returncode:
            raise SystemExit(filled.stderr)
    results, records, same, moved, tried = [], [], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "base.sql").write_text(base_dump)
        (folder / "roles.sql").write_text("CREATE ROLE pgreckon_a;\nCREATE ROLE pgreckon_b;\n")

        def plan(start, end):
            command = [options.pgreckon, "plan", str(folder / f"{start}.sql"), str(folder / f"{end}.sql"), "--assume",
                       str(folder / "roles.sql"), "--format", "sql", "--allow-data-loss"]
            command += ["--idempotent"] if options.guarded else []
            return subprocess.run(command, capture_output=True, text=True).stdout

        for file in FILES:
            for at, (name, sql) in enumerate(cases((HERE / f"{file}.sql").read_text())):
                label = f"{file}: {name}"
                if options.only not in label or at % options.share:
                    continue
                if "SUBSCRIPTION" in sql:
                    results.append(f"skipped  {label}: subscriptions belong to the server")
                    continue
                fresh("pgreckon_hand" + suffix, "pgreckon_base" + suffix)
                done = psql("pgreckon_hand" + suffix, sql)
                if done.returncode:
                    results.append(f"skipped  {label}: {done.stderr.strip().splitlines()[0]}")
                    continue
                target = dump("pgreckon_hand" + suffix)
                if options.record:
                    records.append((label, target))
                (folder / "target.sql").write_text(target)
                fresh("pgreckon_plan" + suffix, "pgreckon_base" + suffix)
                done = psql("pgreckon_plan" + suffix, plan("base", "target"))
                if options.guarded and not done.returncode:
                    done = psql("pgreckon_plan" + suffix, plan("base", "target"))
                reached = dump("pgreckon_plan" + suffix)
                tried += 1
                if not done.returncode and options.undo and reached == target:
                    done = psql("pgreckon_plan" + suffix, plan("target", "base"))
                    reached, target = dump("pgreckon_plan" + suffix), base_dump
                if done.returncode:
                    results.append(f"fails    {label}: {done.stderr.strip().splitlines()[0]}")
                elif reached == target:
                    same += 1
                    results.append(f"same     {label}")
                elif unordered(reached) == unordered(target):
                    moved += 1
                    results.append(f"order    {label}")
                else:
                    lines = [
                        line
                        for line in difflib.unified_diff(reached.splitlines(), target.splitlines(), n=0, lineterm="")
                        if not re.match(r"@@|---|\+\+\+|[-+]$|[-+]--", line)
                    ]
                    results.append(f"differs  {label}: " + " / ".join(lines[:6]))
    for database in ("pgreckon_hand" + suffix, "pgreckon_plan" + suffix, "pgreckon_base" + suffix):
        psql("postgres", f"DROP DATABASE IF EXISTS {database};")
    for role in ("pgreckon_a", "pgreckon_b"):
        psql("postgres", f"DROP ROLE {role};")
    head = [f"PostgreSQL {major}: {same} of {tried} plans give the target schema by pg_dump, {moved} but for the order of columns"]
    text = "\n".join(head + results) + "\n"
    plain = not (options.only or options.rows or options.undo or options.guarded)
    if plain:
        (HERE / f"live-{major}.txt").write_text(text)
    print(text if options.only else "\n".join(head + [line for line in results if not line.startswith("same")]))
    if options.record and plain:
        write_records(HERE / f"dumps-{major}.txt", base_dump, records)


def write_records(path, base, records):
    """The base's dump, then for each mutation `= name` and its changes: `@ line removed`, `+text` lines."""
    base_lines = base.splitlines()
    out = [f"={len(base_lines)}"] + base_lines
    for name, target in records:
        lines = target.splitlines()
        out.append(f"= {name}")
        matcher = difflib.SequenceMatcher(None, base_lines, lines, autojunk=False)
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            if kind != "equal":
                out.append(f"@ {a1} {a2 - a1}")
                out.extend("+" + line for line in lines[b1:b2])
    path.write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
