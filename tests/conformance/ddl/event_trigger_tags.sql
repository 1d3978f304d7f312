-- For which commands event triggers fire, and what these are called.
CREATE FUNCTION said() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'tag %', tg_tag; END $$;
--= ok
CREATE EVENT TRIGGER tags ON ddl_command_start EXECUTE FUNCTION said();
--= ok
CREATE TABLE t (a int);
--= ok
TRUNCATE t;
--= ok
COMMENT ON TABLE t IS 'x';
--= ok
COMMENT ON ROLE current_user IS NULL;
--= 42601 @17 syntax error at or near "current_user"
COMMENT ON EVENT TRIGGER tags IS 'x';
--= ok
GRANT SELECT ON t TO public;
--= ok
REVOKE SELECT ON t FROM public;
--= ok
ALTER TABLE t RENAME COLUMN a TO b;
--= ok
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0);
--= ok
ALTER TABLE t RENAME CONSTRAINT c TO d;
--= ok
CREATE TYPE ct AS (a int);
--= ok
ALTER TYPE ct RENAME ATTRIBUTE a TO b;
--= ok
ALTER TYPE ct ADD ATTRIBUTE c int;
--= ok
CREATE DOMAIN dm AS int CHECK (value > 0);
--= ok
ALTER DOMAIN dm RENAME CONSTRAINT dm_check TO e;
--= ok
ALTER DOMAIN dm DROP CONSTRAINT e;
--= ok
CREATE COLLATION cc (locale = 'C');
--= ok
ALTER COLLATION cc REFRESH VERSION;
--= ok
ALTER COLLATION missing REFRESH VERSION;
--= 42704 collation "missing" for encoding "UTF8" does not exist
ALTER COLLATION "default" REFRESH VERSION;
--= [-14] ok
--= [15] XX000 unexpected null in pg_collation
--= [16-] XX000 cannot refresh version of default collation
CREATE CONVERSION cv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--= ok
IMPORT FOREIGN SCHEMA x FROM SERVER missing INTO public;
--= 42704 server "missing" does not exist
SELECT 1 AS x INTO v;
--= ok
CREATE MATERIALIZED VIEW m AS SELECT 1 AS k;
--= ok
REFRESH MATERIALIZED VIEW m;
--= ok
CREATE FOREIGN DATA WRAPPER w;
--= ok
CREATE SERVER s FOREIGN DATA WRAPPER w;
--= ok
IMPORT FOREIGN SCHEMA x FROM SERVER s INTO missing;
--= 3F000 schema "missing" does not exist
IMPORT FOREIGN SCHEMA x FROM SERVER s INTO public;
--= 55000 foreign-data wrapper "w" has no handler
ALTER SERVER s OWNER TO CURRENT_USER;
--= ok
ALTER FUNCTION said() STABLE;
--= ok
ALTER EVENT TRIGGER tags DISABLE;
--= ok
CREATE TABLE silent (a int);
--= ok
DROP EVENT TRIGGER tags;
--= ok
