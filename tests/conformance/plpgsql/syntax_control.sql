CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN RETURN 1; END IF; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true RETURN 1; END IF; END $$;
--= 42601 @89 missing "THEN" at end of SQL expression
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF THEN RETURN 1; END IF; END $$;
--= 42601 @76 missing expression at or near "THEN"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN RETURN 1; END; END $$;
--= 42601 @99 syntax error at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN RETURN 1; ELSIF false THEN RETURN 2; ELSE RETURN 3; END IF; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN RETURN 1; ELSE IF false THEN RETURN 2; END IF; END $$;
--= 42601 @137 syntax error at end of input
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN RETURN 1; ELSE RETURN 3; ELSE RETURN 4; END IF; END $$;
--= 42601 @111 syntax error at or near "ELSE"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE 1 WHEN 1 THEN RETURN 1; END CASE; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE WHEN true THEN RETURN 1; ELSE RETURN 2; END CASE; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE 1 END CASE; END $$;
--= 42601 @88 missing "WHEN" at end of SQL expression
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE 1 WHEN 1 THEN RETURN 1; END; END $$;
--= 42601 @105 syntax error at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT; END LOOP; RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT END LOOP; END $$;
--= 42601 @83 syntax error at or near "END"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXIT; END $$;
--= 42601 @73 EXIT cannot be used outside a loop, unless it has a label
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CONTINUE; END $$;
--= 42601 @73 CONTINUE cannot be used outside a loop
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXIT nolabel; END $$;
--= 42601 @78 there is no label "nolabel" attached to any block or loop enclosing this statement
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT nolabel; END LOOP; END $$;
--= 42601 @83 there is no label "nolabel" attached to any block or loop enclosing this statement
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ <<a>> BEGIN EXIT a; RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ <<a>> BEGIN CONTINUE a; RETURN 1; END $$;
--= 42601 @88 block label "a" cannot be used in CONTINUE
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN WHILE true LOOP RETURN 1; END LOOP; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN WHILE true RETURN 1; END LOOP; END $$;
--= 42601 @92 missing "LOOP" at end of SQL expression
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN <<l>> LOOP EXIT l WHEN true; END LOOP l; RETURN 1; END $$;
--= ok
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN <<l>> LOOP EXIT l WHEN true; END LOOP m; RETURN 1; END $$;
--= 42601 @111 end label "m" differs from block's label "l"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT WHEN; END LOOP; END $$;
--= 42601 @87 missing expression at or near ";"
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT; END LOOP foo; END $$;
--= 42601 @93 end label "foo" specified for unlabeled block
