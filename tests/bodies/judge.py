#!/usr/bin/env python3
"""Asks plpgsql_check on a live server about the breaks that tests/it/bodies.rs makes.

  tests/bodies/judge.py [--port 5435]     a server with the extension plpgsql_check (Debian: postgresql-15-plpgsql-check)

Prints for each way of breaking a thing which marks plpgsql_check finds at the byte, in the line (it gives no byte), finds
elsewhere in the function, or does not find. Works in a database of its own and drops it.
"""
import argparse
import collections
import pathlib
import re

import psycopg

TEXT = (pathlib.Path(__file__).parent / 'shop.sql').read_text()


def marks():
    for m in re.finditer(r'/\*!([^*]*)\*/', TEXT):
        if m.group(1) != 'thing':
            header = TEXT.rfind('CREATE FUNCTION', 0, m.start())
            yield m.group(1), m.end(), re.match(r'CREATE FUNCTION (\w+)', TEXT[header:]).group(1)


def breaks(thing):
    if '.' in thing:
        table, column = thing.split('.')
        return [f'ALTER TABLE {table} RENAME COLUMN {column} TO {column}_was',
                f'ALTER TABLE {table} DROP COLUMN {column} CASCADE']
    kind = 'TABLE' if f'CREATE TABLE {thing} ' in TEXT else 'VIEW' if f'CREATE VIEW {thing} ' in TEXT else None
    if kind:
        return [f'ALTER {kind} {thing} RENAME TO {thing}_was', f'DROP {kind} {thing} CASCADE']
    kind = 'PROCEDURE' if f'CREATE PROCEDURE {thing}' in TEXT else 'FUNCTION'
    return [f'ALTER {kind} {thing} RENAME TO {thing}_was']


def place(function, body, query, position):
    """The byte in the schema of a place in a piece of the body."""
    header = TEXT.index(f'CREATE FUNCTION {function}(')
    start = TEXT.index('$$', header) + 2
    # INTO is blanked out of the query.
    inside = body.find(query.strip().split('   ')[0])
    if inside < 0 or position is None:
        return None
    return start + inside + (position - 1) - (len(query) - len(query.lstrip()))


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--port', type=int, default=5435)
    port = options.parse_args().port
    where = f'host=127.0.0.1 port={port} user=postgres'
    with psycopg.connect(where + ' dbname=postgres', autocommit=True) as admin:
        admin.execute('DROP DATABASE IF EXISTS pgreckon_judge')
        admin.execute('CREATE DATABASE pgreckon_judge')
        try:
            with psycopg.connect(where + ' dbname=pgreckon_judge') as server:
                judge(server)
        finally:
            admin.execute('DROP DATABASE pgreckon_judge')


def judge(server):
    server.execute('CREATE EXTENSION plpgsql_check')
    server.execute(TEXT)
    server.commit()
    all_marks = list(marks())
    counts = collections.Counter()
    for thing in sorted({m[0] for m in all_marks}):
        for sql in breaks(thing):
            server.execute(sql)
            for mark, byte, function in all_marks:
                if mark == thing:
                    verdict = ask(server, function, byte)
                    counts[verdict] += 1
                    if verdict != 'exact':
                        print(f'{verdict:10} {function} {sql}')
            server.rollback()
    print(dict(counts))


def ask(server, function, byte):
    row = server.execute('SELECT oid, prosrc, prorettype::regtype::text, prolang = 14 FROM pg_proc WHERE proname = %s', [function]).fetchone()
    if row is None:
        return 'gone'
    oid, body, result, is_sql = row
    if is_sql:
        return 'sql'
    tables = [0]
    if result == 'trigger':
        tables = [r[0] for r in server.execute('SELECT tgrelid FROM pg_trigger WHERE tgfoid = %s', [oid])]
    found = 'missed'
    line = TEXT[TEXT.index('$$', TEXT.index(f'CREATE FUNCTION {function}(')) + 2:byte].count('\n') + 1
    for table in tables:
        rows = server.execute(
            "SELECT level, message, position, query, lineno FROM plpgsql_check_function_tb(%s, %s, fatal_errors => false, "
            "newtable => %s, oldtable => NULL)", [oid, table, 'fresh' if function == 'b19' else None]).fetchall()
        for level, message, position, query, lineno in rows:
            if level != 'error':
                continue
            found = 'line' if lineno == line or found == 'line' else 'elsewhere'
            if query and position and place(function, body, query, position) == byte:
                return 'exact'
    return found


main()
