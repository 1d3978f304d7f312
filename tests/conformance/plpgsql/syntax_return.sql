CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
--= 42601 @79 missing expression at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1, 2; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; END $$;
--= 42804 @73 cannot use RETURN NEXT in a non-SETOF function
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 1; END $$;
--= 42804 @73 cannot use RETURN QUERY in a non-SETOF function
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 +; END $$;
--= 42601 @83 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (1; END $$;
--= 42601 @82 mismatched parentheses at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1); END $$;
--= 42601 @81 mismatched parentheses at or near ")"
CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
--= 42P13 cannot change return type of existing function
CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42P13 cannot change return type of existing function
CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
--= 42P13 cannot change return type of existing function
DROP FUNCTION f();
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; RETURN; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT; END $$;
--= 42601 @90 missing expression at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42804 @86 RETURN cannot have a parameter in function returning set
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'SELECT $1' USING 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY; END $$;
--= 42601 @91 missing SQL statement at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT; END $$;
--= ok
DROP FUNCTION f();
--= ok
CREATE OR REPLACE FUNCTION f(OUT a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f(OUT a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42804 @89 RETURN cannot have a parameter in function with OUT parameters
CREATE OR REPLACE FUNCTION f(OUT a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN a := 1; RETURN; END $$;
--= ok
CREATE OR REPLACE FUNCTION f(a text, OUT b int) RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; END $$;
--= 42804 @108 RETURN NEXT cannot have a parameter in function with OUT parameters
CREATE OR REPLACE FUNCTION f(a text, OUT b int) RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT; END $$;
--= ok
CREATE OR REPLACE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--= ok
CREATE OR REPLACE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
--= ok
CREATE OR REPLACE FUNCTION t(a int) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
--= 42P13 trigger functions cannot have declared arguments
CREATE OR REPLACE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= ok
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', tg_tag; END $$;
--= ok
CREATE FUNCTION a(x anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN x; END $$;
--= ok
CREATE FUNCTION c(x cstring) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 0A000 PL/pgSQL functions cannot accept type cstring
CREATE FUNCTION i() RETURNS internal LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42P13 unsafe use of pseudo-type "internal"
CREATE OR REPLACE PROCEDURE p(a int) LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
--= ok
CREATE OR REPLACE PROCEDURE p(a int) LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42601 @74 RETURN cannot have a parameter in a procedure
