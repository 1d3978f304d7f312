-- Tables of all sorts, with owners, privileges and comments.
CREATE ROLE pgreckon_c;
CREATE ROLE pgreckon_d;
CREATE TABLE plain (a integer, b text NOT NULL, c numeric(10,2) DEFAULT 0, d timestamp with time zone DEFAULT now());
COMMENT ON TABLE plain IS 'a plain table with ''quotes'' and \ backslash';
COMMENT ON COLUMN plain.b IS 'text';
ALTER TABLE plain OWNER TO pgreckon_c;
GRANT SELECT ON plain TO pgreckon_d;
GRANT UPDATE (c), INSERT (a, b) ON plain TO pgreckon_d;
CREATE TABLE nothing ();
CREATE UNLOGGED TABLE unlogged (a int);
CREATE TABLE with_params (a int, b text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = off);
CREATE TYPE pair AS (x integer, y text);
CREATE TABLE typed OF pair;
CREATE TABLE typed2 OF pair (x WITH OPTIONS DEFAULT 4 NOT NULL, CHECK (x > 0));
CREATE TABLE dropped (a int, b int, c int);
ALTER TABLE dropped DROP COLUMN b;
CREATE TABLE wide (
  i2 smallint, i8 bigint, r real, d double precision, n numeric, n1 numeric(5), bo boolean, ch char, ch5 char(5),
  v varchar, v9 varchar(9), t time, t3 time(3), tz timetz, ts timestamp, ts2 timestamp(2), da date, iv interval,
  iv2 interval year to month, iv3 interval second(3), by bytea, u uuid, j json, jb jsonb, x xml, i inet, ci cidr, m macaddr,
  m8 macaddr8, bi bit, bi3 bit(3), vb varbit, vb4 varbit(4), p point, l line, ls lseg, bx box, pa path, po polygon,
  c circle, tv tsvector, tq tsquery, na name, o oid, rc regclass, ia int[], ia2 int[][], va varchar(7)[], ir int4range,
  mo money, qc "char", tsn txid_snapshot, pl pg_lsn);
CREATE TABLE storages (a text, b text, c text, d bytea);
ALTER TABLE storages ALTER a SET STORAGE PLAIN, ALTER b SET STORAGE EXTERNAL, ALTER c SET STORAGE MAIN;
ALTER TABLE storages ALTER a SET STATISTICS 100, ALTER b SET (n_distinct = 5, n_distinct_inherited = -0.5);
CREATE TABLE ident_full (a int PRIMARY KEY, b int NOT NULL);
ALTER TABLE ident_full REPLICA IDENTITY FULL;
CREATE TABLE ident_nothing (a int);
ALTER TABLE ident_nothing REPLICA IDENTITY NOTHING;
CREATE TABLE ident_index (a int NOT NULL, b int PRIMARY KEY);
CREATE UNIQUE INDEX ident_index_a ON ident_index (a);
ALTER TABLE ident_index REPLICA IDENTITY USING INDEX ident_index_a;
CREATE TABLE clustered (a int PRIMARY KEY, b int);
CREATE INDEX clustered_b ON clustered (b);
ALTER TABLE clustered CLUSTER ON clustered_b;
CREATE TABLE clustered2 (a int PRIMARY KEY, b int);
ALTER TABLE clustered2 CLUSTER ON clustered2_pkey;
CREATE TABLE collated (a text COLLATE "C", b text COLLATE "POSIX" NOT NULL DEFAULT 'x', c varchar(3) COLLATE "C");
CREATE SCHEMA other AUTHORIZATION pgreckon_d;
CREATE TABLE other.plain (a int, b public.plain[]);
CREATE TABLE copy_like (LIKE plain INCLUDING ALL);
COMMENT ON COLUMN other.plain.a IS 'line one
line two';
--[14-]
CREATE TABLE compressed (a text COMPRESSION pglz, b text);
--[]
