CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 'x $$;
--= 42601 @75 unterminated quoted string at or near "'x "
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (1 + 2; END $$;
--= 42601 @81 mismatched parentheses at or near ";"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 + ; END $$;
--= 42601 @78 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 END $$;
--= [-13] 42601 @77 syntax error at or near "END"
--= [14-] 42601 @81 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN BEGIN RETURN 1; END; $$;
--= 42601 @89 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ RETURN 1; $$;
--= 42601 @62 syntax error at or near "RETURN"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ $$;
--= 42601 @62 syntax error at end of input
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN COMMIT AND; END $$;
--= 42601 @78 syntax error at or near ";"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN FETCH a INTO b; END $$;
--= 42804 @74 variable "a" must be of type cursor or refcursor
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE c refcursor; BEGIN FETCH ALL FROM c INTO a; END $$;
--= 0A000 @89 FETCH statement cannot return multiple rows
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ASSERT; END $$;
--= 42601 @74 missing expression at or near ";"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1) RETURNING a INTO a INTO a; END $$;
--= 42601 @112 INTO specified more than once at or near "INTO"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ #nosuch foo BEGIN RETURN 1; END $$;
--= 42601 @63 syntax error at or near "nosuch"
CREATE FUNCTION f1(a int) RETURNS int LANGUAGE plpgsql AS $$ #variable_conflict foo BEGIN RETURN 1; END $$;
--= 42601 @81 syntax error at or near "foo"
CREATE FUNCTION f1(a int) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--= 42P13 trigger functions cannot have declared arguments
CREATE FUNCTION f1() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.x = ; RETURN NEW; END $$;
--= [-13] 42601 @75 missing expression at or near ";"
--= [14-] ok
