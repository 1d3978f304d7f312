CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
DO $$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN RAISE EXCEPTION '%', SQLERRM; END $$;
--= P0001 division by zero
DO $$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN others THEN RAISE EXCEPTION '%', SQLSTATE; END $$;
--= P0001 22012
DO $$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN unique_violation THEN NULL; END $$;
--= 22012 division by zero
DO $$ BEGIN RAISE EXCEPTION 'a' USING ERRCODE = 'unique_violation', DETAIL = 'd', HINT = 'h'; END $$;
--= 23505 a
DO $$ BEGIN RAISE unique_violation; END $$;
--= 23505 unique_violation
DO $$ BEGIN RAISE SQLSTATE '12345'; END $$;
--= 12345 12345
DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = 'm', ERRCODE = '22012'; END $$;
--= 22012 m
DO $$ BEGIN RAISE division_by_zero USING MESSAGE = 'own'; END $$;
--= 22012 own
DO $$ BEGIN RAISE EXCEPTION 'a'; EXCEPTION WHEN raise_exception THEN RAISE EXCEPTION '%', 'caught ' || SQLERRM; END $$;
--= P0001 caught a
DO $$ BEGIN BEGIN RAISE EXCEPTION 'inner'; EXCEPTION WHEN others THEN RAISE; END; END $$;
--= P0001 inner
DO $$ BEGIN BEGIN RAISE EXCEPTION 'inner'; EXCEPTION WHEN others THEN NULL; END; RAISE EXCEPTION '%', 'after'; END $$;
--= P0001 after
DO $$ BEGIN RAISE; END $$;
--= 0Z002 RAISE without parameters cannot be used outside an exception handler
DO $$ DECLARE m text; s text; d text; BEGIN RAISE EXCEPTION 'a' USING DETAIL = 'dd', ERRCODE = '22012'; EXCEPTION WHEN others THEN GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, s = RETURNED_SQLSTATE, d = PG_EXCEPTION_DETAIL; RAISE EXCEPTION '%', m || s || d; END $$;
--= P0001 a22012dd
DO $$ BEGIN CREATE TABLE made (a int); RAISE EXCEPTION 'x'; EXCEPTION WHEN others THEN NULL; END $$;
--= ok
SELECT * FROM made;
--= 42P01 @15 relation "made" does not exist
DO $$ BEGIN CREATE TABLE made (a int); EXCEPTION WHEN others THEN NULL; END $$;
--= ok
DO $$ BEGIN CREATE TABLE made (a int); EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; END $$;
--= ok
DO $$ BEGIN ALTER TABLE t ADD COLUMN name text; EXCEPTION WHEN duplicate_column THEN NULL; END $$;
--= ok
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
--= ok
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
--= ok
DO $$ BEGIN ASSERT false, 'why'; END $$;
--= P0004 why
DO $$ BEGIN ASSERT false; EXCEPTION WHEN others THEN NULL; END $$;
--= P0004 assertion failed
DO $$ BEGIN ASSERT 1 = 1; END $$;
--= ok
DO $$ BEGIN ASSERT NULL; END $$;
--= P0004 assertion failed
DO $$ BEGIN RAISE EXCEPTION 'a'; EXCEPTION WHEN SQLSTATE 'P0000' THEN RAISE EXCEPTION '%', 'class'; END $$;
--= P0001 class
DO $$ BEGIN PERFORM nosuch FROM t; EXCEPTION WHEN undefined_column THEN RAISE NOTICE 'no column'; END $$;
--= ok
DO $$ BEGIN BEGIN RAISE EXCEPTION 'one'; EXCEPTION WHEN others THEN RAISE EXCEPTION 'two'; END; EXCEPTION WHEN others THEN RAISE EXCEPTION '%', SQLERRM; END $$;
--= P0001 two
DO $$ BEGIN RAISE EXCEPTION 'a' USING ERRCODE = 'nosuch'; END $$;
--= 42704 unrecognized exception condition "nosuch"
DO $$ BEGIN RAISE EXCEPTION 'a' USING MESSAGE = 'b'; END $$;
--= 42601 RAISE option already specified: MESSAGE
DO $$ BEGIN RAISE EXCEPTION '%', NULL; END $$;
--= P0001 <NULL>
