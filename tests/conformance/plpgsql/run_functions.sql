CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
CREATE TYPE mood AS ENUM ('sad', 'ok');
--= ok
CREATE SCHEMA other;
--= ok
CREATE TABLE other.u (id int);
--= ok
CREATE FUNCTION plus(a int, b int DEFAULT 10) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN a + b; END $$;
--= ok
CREATE FUNCTION make(n text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', n); END $$;
--= ok
CREATE PROCEDURE drop_it(n text) LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('DROP TABLE %I', n); END $$;
--= ok
CREATE FUNCTION deep(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n = 0 THEN RETURN 0; END IF; RETURN 1 + deep(n - 1); END $$;
--= ok
CREATE FUNCTION no_return(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n > 0 THEN RETURN 1; END IF; END $$;
--= ok
CREATE FUNCTION two(a int, OUT x int, OUT y text) LANGUAGE plpgsql AS $$ BEGIN x := a; y := 'y' || a; END $$;
--= ok
CREATE PROCEDURE swap(INOUT a int, INOUT b int) LANGUAGE plpgsql AS $$ DECLARE c int := a; BEGIN a := b; b := c; END $$;
--= ok
CREATE FUNCTION sql_make() RETURNS void LANGUAGE sql AS 'CREATE TABLE by_sql (a int)';
--= ok
SELECT make('f1');
--= ok
SELECT * FROM f1;
--= ok
CALL drop_it('f1');
--= ok
SELECT * FROM f1;
--= 42P01 @15 relation "f1" does not exist
SELECT make('t');
--= 42P07 relation "t" already exists
CALL drop_it('nosuch');
--= 42P01 table "nosuch" does not exist
SELECT no_return(0);
--= 2F005 control reached end of function without RETURN
SELECT sql_make();
--= ok
SELECT * FROM by_sql;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', plus(1, 2); END $$;
--= P0001 3
DO $$ BEGIN RAISE EXCEPTION '%', plus(1); END $$;
--= P0001 11
DO $$ BEGIN RAISE EXCEPTION '%', deep(5); END $$;
--= P0001 5
DO $$ BEGIN PERFORM make('f2'); PERFORM make('f3'); END $$;
--= ok
DO $$ BEGIN PERFORM make('f2'); EXCEPTION WHEN duplicate_table THEN RAISE EXCEPTION 'twice'; END $$;
--= P0001 twice
DO $$ BEGIN CALL drop_it('f3'); END $$;
--= ok
DO $$ DECLARE r record; BEGIN SELECT * INTO r FROM two(3); RAISE EXCEPTION '%', r.y; END $$;
--= P0001 y3
DO $$ DECLARE a int := 1; b int := 2; BEGIN CALL swap(a, b); RAISE EXCEPTION '% %', a, b; END $$;
--= P0001 2 1
DO $$ BEGIN PERFORM plus('a', 1); END $$;
--= 22P02 invalid input syntax for type integer: "a"
DO $$ DECLARE x int; BEGIN x := plus(b => 1, a => 2); RAISE EXCEPTION '%', x; END $$;
--= P0001 3
DO $$ BEGIN PERFORM drop_it('x'); END $$;
--= 42809 drop_it(unknown) is a procedure
DO $$ BEGIN CALL plus(1, 2); END $$;
--= 42809 plus(integer, integer) is not a procedure
SELECT * FROM f2;
--= ok
SELECT * FROM f3;
--= 42P01 @15 relation "f3" does not exist
CREATE PROCEDURE tx() LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE tx1 (a int); COMMIT; CREATE TABLE tx2 (a int); ROLLBACK; END $$;
--= ok
CALL tx();
--= ok
SELECT * FROM tx1;
--= ok
SELECT * FROM tx2;
--= 42P01 @15 relation "tx2" does not exist
BEGIN;
--= ok
CALL tx();
--= 42P07 relation "tx1" already exists
ROLLBACK;
--= ok
DO $$ BEGIN CREATE TABLE tx3 (a int); COMMIT; END $$;
--= ok
SELECT * FROM tx3;
--= ok
