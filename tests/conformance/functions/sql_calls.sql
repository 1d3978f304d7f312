-- What a call hands to a body in SQL.
CREATE FUNCTION pick(a anyelement, b anyelement = NULL, flag bool = true) RETURNS anyelement LANGUAGE sql AS $$ SELECT CASE WHEN $3 THEN $1 ELSE $2 END $$;
--= ok
SELECT pick(a := 'a'::text, flag := true);
--= ok
SELECT pick(a => -1);
--= ok
SELECT pick(flag => false, b => 1, a => 2);
--= ok
CREATE FUNCTION hello(anyelement = 'World'::text) RETURNS text LANGUAGE sql AS $$ SELECT 'Hello, ' || $1::text $$;
--= ok
SELECT hello();
--= ok
CREATE FUNCTION both(OUT i anyelement, INOUT r anyarray) LANGUAGE sql AS $$ SELECT $1[1], $1 $$;
--= 42601 @17 syntax error at or near "both"
SELECT * FROM both(ARRAY[1, 2]);
--= 42601 @15 syntax error at or near "both"
CREATE FUNCTION sql_if(bool, anyelement, anyelement) RETURNS anyelement LANGUAGE sql AS $$ SELECT CASE WHEN $1 THEN $2 ELSE $3 END $$;
--= ok
CREATE FUNCTION noisy(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN $1; END $$;
--= ok
CREATE TABLE n (f int);
--= ok
INSERT INTO n VALUES (1), (2147483647);
--= ok
SELECT sql_if(f > 0, noisy(f), noisy(f + 1)) FROM n;
--= ok
CREATE PROCEDURE p(a int, INOUT b int) LANGUAGE sql AS 'SELECT $1';
--= ok
CALL p(1, 2);
--= ok
CALL p(b => 2, a => 1);
--= ok
CREATE DOMAIN two AS int[] CHECK (VALUE[1] IS NOT NULL AND VALUE[2] IS NOT NULL);
--= ok
CREATE TABLE w (f two);
--= ok
INSERT INTO w (f[1], f[2]) VALUES (1, 2);
--= ok
