CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 $$;
--= 42601 @82 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; BEGIN END $$;
--= 42601 @88 syntax error at or near "BEGIN"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ RETURN 1; $$;
--= 42601 @67 syntax error at or near "RETURN"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$  $$;
--= 42601 @68 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN $$;
--= 42601 @73 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END foo $$;
--= 42601 @87 end label "foo" specified for unlabeled block
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ <<foo>> BEGIN RETURN 1; END foo $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ <<foo>> BEGIN RETURN 1; END bar $$;
--= 42601 @95 end label "bar" differs from block's label "foo"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ <<foo BEGIN RETURN 1; END $$;
--= 42601 @73 syntax error at or near "BEGIN"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE DECLARE x int; BEGIN RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DECLARE x int; BEGIN x := 1; END; RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN BEGIN RETURN 1; END END $$;
--= 42601 @93 syntax error at or near "END"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN; RETURN 1; END $$;
--= 42601 @72 syntax error at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN NULL; END IF; END $$;
--= 42601 @83 syntax error at or near "IF"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXCEPTION END $$;
--= 42601 @83 syntax error at or near "END"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN NULL; EXCEPTION WHEN others THEN NULL; END $$;
--= ok
