-- An extension that is not known here may have whatever its schema is asked for.
CREATE SCHEMA apart;
--~^ NOTE run-once-only 42P06
CREATE EXTENSION nobody_knows_it SCHEMA apart;
--~^ NOTE run-once-only 42710
CREATE FUNCTION f() RETURNS SETOF apart.thing LANGUAGE plpgsql AS 'BEGIN RETURN; END';
CREATE FUNCTION g(apart.thing) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE AGGREGATE a (int) (sfunc = apart.add, stype = int);
DROP FUNCTION g(apart.thing);
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'apart' AND t.typname = 'thing') THEN RAISE 'it is too old'; END IF;
END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'nobody_knows_it') THEN RAISE 'it is missing'; END IF;
END $$;
