CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN NULL; EXCEPTION WHEN SQLSTATE '123' THEN NULL; END $$;
--= 42601 @98 invalid SQLSTATE code at or near "'123'"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN OPEN a; RETURN 1; END $$;
--= 42804 @73 variable "a" must be of type cursor or refcursor
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELECT 1; BEGIN OPEN c FOR SELECT 2; RETURN 1; END $$;
--= 42601 @106 syntax error at or near "FOR"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (k int) FOR SELECT k; BEGIN OPEN c; RETURN 1; END $$;
--= 42601 @113 cursor "c" has arguments
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (k int) FOR SELECT k; BEGIN OPEN c(1, 2); RETURN 1; END $$;
--= 42601 @115 too many arguments for cursor "c"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE c refcursor; BEGIN FOR r IN c LOOP NULL; END LOOP; RETURN 1; END $$;
--= 42601 @98 cursor FOR loop must use a bound cursor variable
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOR r IN SELECT 1 LOOP NULL; END LOOP; RETURN 1; END $$;
--= 42601 @72 loop variable of loop over rows must be a record variable or list of scalar variables
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOREACH r IN ARRAY ARRAY[1] LOOP NULL; END LOOP; RETURN 1; END $$;
--= 42601 @76 loop variable of FOREACH must be a known variable or list of variables
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOREACH a IN ARRAY[1] LOOP NULL; END LOOP; RETURN 1; END $$;
--= 42601 @86 syntax error at or near "["
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE x CONSTANT int; BEGIN x := 2; RETURN 1; END $$;
--= 22005 @92 variable "x" is declared CONSTANT
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int NOT NULL; BEGIN RETURN 1; END $$;
--= 22004 @76 variable "x" must have a default value, since it's declared NOT NULL
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE x ALIAS FOR nosuch; BEGIN RETURN 1; END $$;
--= 42704 @82 variable "nosuch" does not exist
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE a WHEN 1 NULL; END CASE; RETURN 1; END $$;
--= 42601 @86 missing "THEN" at end of SQL expression
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE a END CASE; RETURN 1; END $$;
--= 42601 @83 missing "WHEN" at end of SQL expression
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ELSE NULL; END $$;
--= 42601 @68 syntax error at or near "ELSE"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF a THEN NULL; ELSE IF b THEN NULL; END IF; END $$;
--= 42601 @117 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE; END $$;
--= 42601 @75 missing expression at or near ";"
