CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
CREATE TYPE mood AS ENUM ('sad', 'ok');
--= ok
CREATE SCHEMA other;
--= ok
CREATE TABLE other.u (id int);
--= ok
DO $$ BEGIN EXECUTE 'CREATE TABLE d1 (a int)'; EXECUTE 'ALTER TABLE d1 ADD COLUMN b text'; END $$;
--= ok
DO $$ DECLARE n text := 'd2'; BEGIN EXECUTE 'CREATE TABLE ' || quote_ident(n) || ' (a int)'; END $$;
--= ok
DO $$ BEGIN EXECUTE format('CREATE TABLE %I.%I (%I int, %s text)', 'public', 'D 3', 'Col A', 'b'); END $$;
--= ok
DO $$ BEGIN EXECUTE format('COMMENT ON TABLE %I IS %L', 'D 3', 'it''s'); END $$;
--= ok
DO $$ DECLARE r record; BEGIN FOR r IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'd%' ORDER BY 1 LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN added int', r.table_name); END LOOP; END $$;
--= ok
DO $$ DECLARE x int; BEGIN EXECUTE 'SELECT $1 + $2' INTO x USING 1, 2; RAISE EXCEPTION '%', x; END $$;
--= P0001 3
DO $$ DECLARE x text; BEGIN EXECUTE format('SELECT %L', 'a''b') INTO x; RAISE EXCEPTION '%', x; END $$;
--= P0001 a'b
DO $$ BEGIN EXECUTE NULL; END $$;
--= 22004 query string argument of EXECUTE is null
DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;
--= 42601 syntax error at or near "SELEC"
DO $$ BEGIN EXECUTE 'SELECT 1; SELECT 2'; END $$;
--= ok
DO $$ BEGIN EXECUTE ''; END $$;
--= ok
DO $$ BEGIN EXECUTE 'DROP TABLE nosuch'; END $$;
--= 42P01 table "nosuch" does not exist
DO $$ BEGIN EXECUTE 'DROP TABLE IF EXISTS nosuch'; END $$;
--= ok
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b', 'c'] LOOP EXECUTE format('CREATE TABLE %I (id int)', 'list_' || t); END LOOP; END $$;
--= ok
DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE part_' || i || ' (id int)'; END LOOP; END $$;
--= ok
DO $$ BEGIN EXECUTE 'COMMIT'; END $$;
--= 0A000 EXECUTE of transaction commands is not implemented
DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT relname FROM pg_class WHERE relname LIKE ''part\_%'' ORDER BY 1' LOOP EXECUTE 'DROP TABLE ' || r.relname; END LOOP; END $$;
--= ok
DO $$ BEGIN EXECUTE 'CREATE FUNCTION dyn() RETURNS int LANGUAGE sql AS ''SELECT 1'''; END $$;
--= ok
DO $$ BEGIN EXECUTE 'SELECT 1' INTO STRICT nosuch; END $$;
--= 42601 @44 "nosuch" is not a known variable
DO $$ DECLARE x int; BEGIN EXECUTE 'SELECT 1 WHERE false' INTO STRICT x; END $$;
--= P0002 query returned no rows
DO $$ DECLARE x int; BEGIN EXECUTE 'SELECT generate_series(1, 2)' INTO STRICT x; END $$;
--= P0003 query returned more than one row
DO $$ DECLARE x int; BEGIN SELECT 1 INTO STRICT x WHERE false; END $$;
--= P0002 query returned no rows
DO $$ DECLARE x int := 5; BEGIN SELECT 1 INTO x WHERE false; RAISE EXCEPTION '% %', x, FOUND; END $$;
--= P0001 <NULL> f
SELECT added FROM d1;
--= ok
SELECT "Col A", b FROM "D 3";
--= ok
SELECT * FROM list_c;
--= ok
SELECT * FROM part_2;
--= 42P01 @15 relation "part_2" does not exist
SELECT dyn();
--= ok
