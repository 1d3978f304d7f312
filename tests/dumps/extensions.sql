-- Extensions: their members are left out, what users add to them is not.
CREATE ROLE pgreckon_c;
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE TABLE t (a ext.hstore, b citext, c uuid DEFAULT uuid_generate_v4(), d int, e text, f citext DEFAULT 'x' CHECK (f <> 'y'));
CREATE INDEX ON t USING gin (e gin_trgm_ops);
CREATE INDEX ON t USING gist (a);
CREATE INDEX ON t (lower(b));
ALTER TABLE t ADD EXCLUDE USING gist (d WITH =, e WITH <>);
CREATE VIEW v AS SELECT a OPERATOR(ext.->) 'k' AS k, b = 'x' AS bx, e % 'y' AS sim FROM t;
GRANT EXECUTE ON FUNCTION uuid_generate_v4() TO pgreckon_c;
REVOKE ALL ON FUNCTION uuid_generate_v1() FROM PUBLIC;
COMMENT ON EXTENSION hstore IS 'own comment';
