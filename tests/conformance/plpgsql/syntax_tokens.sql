CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 'abc; END $$;
--= 42601 @80 unterminated quoted string at or near "'abc; END "
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN "abc; END $$;
--= 42601 @80 unterminated quoted identifier at or near ""abc; END "
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN /* never closed RETURN 1; END $$;
--= 42601 @73 unterminated /* comment at or near "/* never closed RETURN 1; END "
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN -- a comment; RETURN 1; END
 RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN $q$abc; END $$;
--= 42601 @80 unterminated dollar-quoted string at or near "$q$abc; END "
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN $q$abc$q$; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ #variable_conflict use_column BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ #variable_conflict nosuch
BEGIN RETURN 1; END $$;
--= 42601 @86 syntax error at or near "nosuch"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ #variable_conflict use_variable
BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ #nosuch option
BEGIN RETURN 1; END $$;
--= 42601 @68 syntax error at or near "nosuch"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ #print_strict_params on
BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 ; ; END $$;
--= 42601 @84 syntax error at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN E'a\'b'; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 /* a /* nested */ comment */; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 0x1F; END $$;
--= [-14] ok
--= [15] 42601 @80 trailing junk after numeric literal at or near "0x1F"
--= [16-] ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1_000; END $$;
--= [-14] ok
--= [15] 42601 @80 trailing junk after numeric literal at or near "1_000"
--= [16-] ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN ((1); END $$;
--= 42601 @84 mismatched parentheses at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN [1]; END $$;
--= 42601 @80 syntax error at or near "["
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN return 1; end $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ Begin Return 1; End; $$;
--= ok
