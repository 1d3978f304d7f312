DO $$ BEGIN RETURN QUERY SELECT 1; END $$;
--= 42804 @13 cannot use RETURN QUERY in a non-SETOF function
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
--= 42601 @69 missing expression at or near ";"
CREATE FUNCTION f1() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42804 @71 RETURN cannot have a parameter in function returning void
CREATE FUNCTION f1() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42804 @76 RETURN cannot have a parameter in function returning set
CREATE FUNCTION f1(OUT a int) LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42804 @67 RETURN cannot have a parameter in function with OUT parameters
CREATE FUNCTION f1(a int, a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= [-17] 42P13 parameter name "a" used more than once
--= [18-] 42P13 @27 parameter name "a" used more than once
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE a int; a text; BEGIN RETURN 1; END $$;
--= 42601 @77 duplicate declaration at or near "a"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE b nosuch; BEGIN RETURN 1; END $$;
--= 42704 @72 type "nosuch" does not exist
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE b nosuch%ROWTYPE; BEGIN RETURN 1; END $$;
--= 42P01 relation "nosuch" does not exist
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE b pg_class.nosuch%TYPE; BEGIN RETURN 1; END $$;
--= [-13] 42601 @72 invalid type name "pg_class.nosuch%TYPE"
--= [14-16] 42601 @87 syntax error at or near "%"
--= [17-] 42703 column "nosuch" of relation "pg_class" does not exist
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN SELECT 1 FROM; RETURN 1; END $$;
--= 42601 @81 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN a = = 1; RETURN 1; END $$;
--= 42601 @72 syntax error at or near "="
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN SELECT 1 INTO nosuch; RETURN 1; END $$;
--= 42601 @82 "nosuch" is not a known variable
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN SELECT 1, 2 INTO a b; RETURN 1; END $$;
--= ok
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN GET DIAGNOSTICS a = FOO; RETURN 1; END $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN GET STACKED DIAGNOSTICS a = ROW_COUNT; RETURN 1; END $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXCEPTION WHEN nosuch THEN NULL; END $$;
--= 42723 function "f1" already exists with same argument types
