-- Commands that a body may not run, and rules where one query must be left.

CREATE TABLE rt (a int);
--= ok
DO $$ BEGIN SAVEPOINT x; END $$;
--= 0A000 unsupported transaction command in PL/pgSQL
DO $$ BEGIN VACUUM rt; END $$;
--= 25001 VACUUM cannot be executed from a function
CREATE FUNCTION commits() RETURNS int LANGUAGE plpgsql AS $$ BEGIN COMMIT; RETURN 1; END $$;
--= ok
SELECT commits();
--= 2D000 invalid transaction termination
CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN INSERT INTO rt VALUES (1); RETURN 1; END $$;
--= ok
SELECT writes();
--= 0A000 INSERT is not allowed in a non-volatile function
CREATE FUNCTION begins() RETURNS void LANGUAGE sql AS 'BEGIN';
--= ok
SELECT begins();
--= [-13] 0A000 BEGIN is not allowed in a SQL function
--= [14-] 0A000 BEGIN is not allowed in an SQL function
CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
--= ok
SELECT fires();
--= 0A000 trigger functions can only be called as triggers
CREATE RULE nothing AS ON INSERT TO rt DO INSTEAD NOTHING;
--= ok
WITH x AS (INSERT INTO rt VALUES (1)) SELECT 1;
--= 0A000 DO INSTEAD NOTHING rules are not supported for data-modifying statements in WITH
CREATE OR REPLACE RULE nothing AS ON INSERT TO rt DO ALSO SELECT 1;
--= ok
WITH x AS (INSERT INTO rt VALUES (1)) SELECT 1;
--= 0A000 DO ALSO rules are not supported for data-modifying statements in WITH
CREATE OR REPLACE RULE nothing AS ON INSERT TO rt DO INSTEAD INSERT INTO rt VALUES (new.a);
--= ok
INSERT INTO rt VALUES (1);
--= 42P17 infinite recursion detected in rules for relation "rt"
DROP TABLE rt;
--= ok
