-- Whether a record is null: all of its fields, or none.
CREATE TABLE done (name text PRIMARY KEY, body text);
--= ok
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'a';
    IF r IS NOT NULL THEN
        RAISE EXCEPTION 'there';
    END IF;
    IF r IS NULL THEN
        EXECUTE 'CREATE TABLE made (a integer)';
    END IF;
    INSERT INTO done VALUES ('a', 'made'), ('b', NULL);
END $$;
--= ok
SELECT a FROM made;
--= ok
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'a';
    IF r IS NOT NULL THEN
        RAISE NOTICE '% is there', r.name;
        RETURN;
    END IF;
    CREATE TABLE never (a integer);
END $$;
--= ok
SELECT a FROM never;
--= 42P01 @15 relation "never" does not exist
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'b';
    IF r IS NULL OR r IS NOT NULL THEN
        CREATE TABLE never (a integer);
    END IF;
END $$;
--= ok
SELECT a FROM never;
--= 42P01 @15 relation "never" does not exist
CREATE FUNCTION makes() RETURNS text LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE by_function (a integer); RETURN 'made'; END $$;
--= ok
SELECT CASE WHEN EXISTS (SELECT FROM done WHERE name = 'a') THEN 'there' ELSE makes() END;
--= ok
SELECT a FROM by_function;
--= 42P01 @15 relation "by_function" does not exist
CREATE TABLE "Mixed" ("Col" integer, made text);
--= ok
INSERT INTO "Mixed" VALUES (1, 'a');
--= ok
DO $$
DECLARE
    a "Mixed"."Col"%TYPE;
    b public."Mixed"."Col" % TYPE;
    c "Mixed"%ROWTYPE;
BEGIN
    SELECT "Col" INTO a FROM "Mixed";
    SELECT * INTO c FROM "Mixed";
    IF a = 1 AND c.made = 'a' THEN
        CREATE TABLE by_types (a integer);
    END IF;
END $$;
--= ok
SELECT a FROM by_types;
--= ok
