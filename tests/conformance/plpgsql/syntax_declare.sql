CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x; BEGIN RETURN 1; END $$;
--= 42601 @76 missing data type declaration at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int = 1; y text := 'a'; z int DEFAULT 3; BEGIN RETURN x; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int; x text; BEGIN RETURN 1; END $$;
--= 42601 @82 duplicate declaration at or near "x"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x nosuchtype; BEGIN RETURN 1; END $$;
--= 42704 @77 type "nosuchtype" does not exist
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int NOT NULL; BEGIN RETURN 1; END $$;
--= 22004 @81 variable "x" must have a default value, since it's declared NOT NULL
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x CONSTANT int := 1; BEGIN RETURN x; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x CONSTANT int := 1; BEGIN x := 2; RETURN x; END $$;
--= 22005 @102 variable "x" is declared CONSTANT
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x ALIAS FOR y; BEGIN RETURN 1; END $$;
--= 42704 @87 variable "y" does not exist
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int := ; BEGIN RETURN 1; END $$;
--= 42601 @84 missing expression at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int := 1 +; BEGIN RETURN 1; END $$;
--= 42601 @87 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int COLLATE "C"; BEGIN RETURN 1; END $$;
--= 42804 @81 collations are not supported by type integer
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x text COLLATE "C" := 'a'; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x nosuch%ROWTYPE; BEGIN RETURN 1; END $$;
--= 42P01 relation "nosuch" does not exist
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x pg_class%ROWTYPE; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x pg_class.relname%TYPE; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x pg_class.nosuch%TYPE; BEGIN RETURN 1; END $$;
--= [-13] 42601 @77 invalid type name "pg_class.nosuch%TYPE"
--= [14-16] 42601 @92 syntax error at or near "%"
--= [17-] 42703 column "nosuch" of relation "pg_class" does not exist
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int; y x%TYPE; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int[] := '{1,2}'; y varchar(10) := 'abc'; BEGIN RETURN x[1]; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE 1x int; BEGIN RETURN 1; END $$;
--= [-14] 42601 @75 syntax error at or near "1"
--= [15-] 42601 @75 trailing junk after numeric literal at or near "1x"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE select int; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE "My Var" int := 1; BEGIN RETURN "My Var"; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int y int; BEGIN RETURN 1; END $$;
--= [-13] 42601 @77 syntax error at or near "int"
--= [14-] 42601 @81 syntax error at or near "y"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x setof int; BEGIN RETURN 1; END $$;
--= 42601 @77 invalid type name "setof int"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELECT 1; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (a int, b text) FOR SELECT a, b; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c NO SCROLL CURSOR IS SELECT 1; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELEC 1; BEGIN RETURN 1; END $$;
--= 42601 @88 syntax error at or near "SELEC"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR; BEGIN RETURN 1; END $$;
--= 42601 @87 missing SQL statement at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x record; y record = ROW(1,2); BEGIN RETURN 1; END $$;
--= ok
